import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const LIMIT_MS = 60 * 60_000;

/** Waits until every system of a local platform is ready. */
export async function systemsReady(directory, child) {
  let ended;
  child.exited.then(code => {
    ended = code;
  });
  const deadline = Date.now() + LIMIT_MS;
  let systems = [];
  while (Date.now() < deadline) {
    if (ended !== undefined) {
      throw new Error(`It ended with ${ended}:\n${child.tail()}`);
    }
    try {
      ({ systems } = JSON.parse(
        await readFile(join(directory, 'status.json'), 'utf8'),
      ));
    } catch {
      // Being written.
    }
    const failed = systems.find(system => system.state === 'failed');
    if (failed) {
      throw new Error(`${failed.title} failed: ${failed.message}`);
    }
    if (systems.length && systems.every(({ state }) => state === 'ready')) {
      return;
    }
    await setTimeout(500);
  }
  throw new Error(
    `Not ready: ${systems
      .filter(system => system.state !== 'ready')
      .map(system => `${system.title} (${system.state})`)
      .join(', ')}`,
  );
}
