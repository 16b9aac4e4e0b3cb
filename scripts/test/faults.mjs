import { freshPlatform } from './localPlatform.mjs';
import { runOnPlatform } from './platform.mjs';

/**
 * The tests that kill, starve and mislead an API server, which nobody else may use
 * meanwhile.
 */
export async function faultsSuite() {
  const { child, directory } = await freshPlatform('.platform-faults', {
    title: 'API server of its own',
    expected: '10 s when its programs are built',
    only: ['kubernetes'],
  });
  try {
    return await runOnPlatform('faults', 'faultTest', directory);
  } finally {
    await child.stop();
  }
}
