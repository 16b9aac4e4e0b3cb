import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { PlatformFolder } from '../folder.ts';
import { runningPlatform } from '../lock.ts';
import { lastLines } from '../processes/lastLines.ts';
import { duration, progressPrinter } from '../progress.ts';
import { startLocalPlatform } from '../startLocalPlatform.ts';
import type { Command } from './Command.ts';

const DETACHED_MS = 30_000;

async function runHere(
  folder: PlatformFolder,
  only?: readonly string[],
): Promise<number> {
  const started = Date.now();
  const seconds = () => duration((Date.now() - started) / 1_000);
  const stopped = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
    // Whoever reads the output is gone, and with it whoever would end the platform.
    process.stdout.on('error', () => resolve());
  });
  const platform = await startLocalPlatform({
    dir: folder.root,
    only,
    onStatus: progressPrinter(line => console.log(line)),
    onWarning: line => console.warn(line),
  });
  console.log(`kubeconfig: ${folder.kubeconfig}`);
  platform.ready().then(
    () => console.log(`All systems are ready after ${seconds()}.`),
    () => undefined,
  );
  const end = await Promise.race([
    stopped.then(() => 'asked' as const),
    platform.settled().then(() => {
      const runs = Object.keys(platform.pids()).length > 0;
      return runs ? stopped.then(() => 'asked' as const) : 'failed';
    }),
  ]);
  console.log(end === 'asked' ? 'Stopping' : 'Nothing could be started.');
  await platform.stop();
  return end === 'asked' ? 0 : 1;
}

async function runDetached(
  folder: PlatformFolder,
  args: readonly string[],
): Promise<number> {
  mkdirSync(folder.logs, { recursive: true });
  const log = join(folder.logs, 'platform.log');
  const file = openSync(log, 'w');
  const child = spawn(process.execPath, [process.argv[1], 'up', ...args], {
    detached: true,
    stdio: ['ignore', file, file],
    env: { ...process.env, DELIVERY_PLATFORM_DIR: folder.root },
  });
  closeSync(file);
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  const deadline = Date.now() + DETACHED_MS;
  while (
    runningPlatform(folder.lock) !== child.pid ||
    !existsSync(folder.appConfig)
  ) {
    if (ended || Date.now() > deadline) {
      console.error(lastLines(log, 20).join('\n'));
      return 1;
    }
    await delay(100);
  }
  child.unref();
  console.log(`kubeconfig: ${folder.kubeconfig}`);
  console.log('`status` shows how far it is, `down` ends it.');
  return 0;
}

export const up: Command = {
  usage: 'up [--detach] [--only NAME,…]',
  summary: 'start the platform; Ctrl-C ends it',
  help: `Builds the programs that are not in the cache (about 25 minutes on 2 cores, once),
starts every system as soon as its own programs are there, and keeps them running.

  --detach       return when kubeconfigs are written; the platform goes on in the background
  --only NAME,…  run these systems and those that they need; of the others only the kinds are installed`,
  async run(args, folder) {
    const { values } = parseArgs({
      args,
      options: { detach: { type: 'boolean' }, only: { type: 'string' } },
    });
    return values.detach
      ? runDetached(folder, values.only ? ['--only', values.only] : [])
      : runHere(folder, values.only?.split(','));
  },
};
