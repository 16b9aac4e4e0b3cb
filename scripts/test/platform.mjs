import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';
import { testPlatform } from './localPlatform.mjs';
import { runJest } from './unit.mjs';

/**
 * Runs the tests of one kind against a local platform.
 *
 * @param name - of the suite
 * @param tests - how the names of its files end, as `platformTest`
 * @param directory - of the platform
 */
export function runOnPlatform(name, tests, directory) {
  return runJest(
    'jest',
    [
      '--config',
      join(root, 'scripts/test/jest.platform.config.cjs'),
      '--runInBand',
      // Backstage's scaffolder backend leaves timers behind when it is stopped.
      '--forceExit',
    ],
    name,
    {
      DELIVERY_TESTS: tests,
      DELIVERY_PLATFORM_DIR: directory,
      DELIVERY_PLATFORM_KUBECONFIG: join(directory, 'kubeconfig'),
    },
  );
}

/** The tests that need the real control plane and controllers. */
export async function platformSuite() {
  const { directory } = await testPlatform();
  return runOnPlatform('platform', 'platformTest', directory);
}
