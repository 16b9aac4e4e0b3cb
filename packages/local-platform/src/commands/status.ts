import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { PlatformFolder } from '../folder.ts';
import { runningPlatform } from '../lock.ts';
import { duration } from '../progress.ts';
import type { PlatformStatus, SystemStatus } from '../status.ts';
import type { Command } from './Command.ts';

function readStatus(folder: PlatformFolder): PlatformStatus | undefined {
  if (
    runningPlatform(folder.lock) === undefined ||
    !existsSync(folder.status)
  ) {
    return undefined;
  }
  return JSON.parse(readFileSync(folder.status, 'utf8'));
}

/** One line per system: state, since when, what it does. */
export function statusTable(
  systems: readonly SystemStatus[],
  now: number,
): string {
  const width = Math.max(...systems.map(({ title }) => title.length));
  return systems
    .flatMap(({ title, state, since, message, expectedSeconds, lastLines }) => {
      const age = duration((now - Date.parse(since)) / 1_000);
      const usually =
        expectedSeconds !== undefined
          ? `, usually ${duration(expectedSeconds)}`
          : '';
      return [
        `${title.padEnd(width)}  ${state.padEnd(11)}  ${age}${usually}${
          message ? `  ${message}` : ''
        }`,
        ...(lastLines ?? []).map(line => `    ${line}`),
      ];
    })
    .join('\n');
}

export const status: Command = {
  usage: 'status [--json] [--wait]',
  summary: 'show how far each system is',
  help: `  --json  print status.json: systems with state, since, expectedSeconds, message,
          lastLines, and the process ids
  --wait  wait until every system is ready; ends with 1 when one has failed`,
  async run(args, folder) {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, wait: { type: 'boolean' } },
    });
    let current = readStatus(folder);
    while (
      values.wait &&
      current &&
      current.systems.some(
        ({ state }) => state !== 'ready' && state !== 'failed',
      )
    ) {
      await delay(300);
      current = readStatus(folder);
    }
    if (!current) {
      console.error('No platform is running here. `up` starts one.');
      return 1;
    }
    console.log(
      values.json
        ? JSON.stringify(current, undefined, 2)
        : statusTable(current.systems, Date.now()),
    );
    return current.systems.some(({ state }) => state === 'failed') ? 1 : 0;
  },
};
