import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { PlatformFolder } from '../folder.ts';
import { runningPlatform } from '../lock.ts';
import { UsageError, type Command } from './Command.ts';

const PATIENCE_MS = 30_000;

/** Ends the platform of a folder. @returns whether one was running */
async function endPlatform(folder: PlatformFolder): Promise<boolean> {
  const pid = runningPlatform(folder.lock);
  if (pid === undefined) {
    return false;
  }
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (runningPlatform(folder.lock) === pid) {
    if (Date.now() > deadline) {
      // Its watchdog ends the processes that it leaves behind.
      process.kill(pid, 'SIGKILL');
    }
    await delay(100);
  }
  return true;
}

export const down: Command = {
  usage: 'down',
  summary: 'end the platform; its data stays',
  help: 'Ends every process of the platform. `up` goes on with the same data.',
  async run(args, folder) {
    parseArgs({ args });
    const ended = await endPlatform(folder);
    console.log(ended ? 'The platform is down.' : 'No platform was running.');
    return 0;
  },
};

export const reset: Command = {
  usage: 'reset',
  summary: 'end the platform and delete its data',
  help: 'Ends the platform and deletes its folder: cluster, repositories, logs. Built programs stay in the cache.',
  async run(args, folder) {
    parseArgs({ args });
    if (existsSync(folder.root) && !existsSync(folder.state)) {
      throw new UsageError(
        `${
          folder.root
        } is not the folder of a local platform: it has no ${basename(
          folder.state,
        )}. Nothing was deleted; DELIVERY_PLATFORM_DIR names the folder.`,
      );
    }
    await endPlatform(folder);
    rmSync(folder.root, { recursive: true, force: true });
    console.log(`Deleted ${folder.root}.`);
    return 0;
  },
};
