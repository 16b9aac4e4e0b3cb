import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';
import { startLocalPlatform } from '../portal/platform.mjs';
import { systemsReady } from './systemsReady.mjs';

const directory = join(root, '.platform-test');
let running;

/** The one local platform of a test run, fresh, with all of its systems ready. */
export function testPlatform() {
  running ??= step(
    'Local platform',
    {
      expected: '1 min when its programs are built, 40 min before that',
      hint: 'read .platform-test/logs',
    },
    async () => {
      await rm(directory, { recursive: true, force: true });
      const platform = await startLocalPlatform(directory, line =>
        console.log(`  platform │ ${line}`),
      );
      await systemsReady(directory, platform.child);
      return { ...platform, directory };
    },
  );
  return running;
}
