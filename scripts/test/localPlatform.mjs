import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';
import { startLocalPlatform } from '../portal/platform.mjs';
import { systemsReady } from './systemsReady.mjs';

let running;

/** The one local platform of a test run, fresh, with all of its systems ready. */
export function testPlatform() {
  running ??= freshPlatform('.platform-test', {
    title: 'Local platform',
    expected: '1 min when its programs are built, 40 min before that',
  });
  return running;
}

/**
 * Starts a local platform that knows nothing yet and waits for its systems.
 *
 * @param folder - of the repository, for all that it keeps
 * @param only - names of the systems to run; all without it
 * @param isHurt - what becomes of its processes later is no news
 */
export function freshPlatform(folder, { title, expected, only, isHurt }) {
  const directory = join(root, folder);
  let isReady = false;
  const onLine = line => {
    if (!isReady || !isHurt) {
      console.log(`  platform │ ${line}`);
    }
  };
  return step(title, { expected, hint: `read ${folder}/logs` }, async () => {
    await rm(directory, { recursive: true, force: true });
    const platform = await startLocalPlatform(directory, onLine, only);
    await systemsReady(directory, platform.child);
    isReady = true;
    return { ...platform, directory };
  });
}
