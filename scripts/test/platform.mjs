import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';
import { testPlatform } from './localPlatform.mjs';
import { runJest } from './unit.mjs';

/** The tests that need the real control plane and controllers. */
export async function platformSuite() {
  const { directory } = await testPlatform();
  return runJest(
    'jest',
    [
      '--config',
      join(root, 'scripts/test/jest.platform.config.cjs'),
      '--runInBand',
      // Backstage's scaffolder backend leaves timers behind when it is stopped.
      '--forceExit',
    ],
    'platform',
    {
      DELIVERY_PLATFORM_DIR: directory,
      DELIVERY_PLATFORM_KUBECONFIG: join(directory, 'kubeconfig'),
    },
  );
}
