import { testPlatform } from './localPlatform.mjs';
import { runOnPlatform } from './platform.mjs';

/** Marked strings are planted wherever a secret may be; none may be found outside. */
export async function canarySuite() {
  const { directory } = await testPlatform();
  return runOnPlatform('canary', 'canaryTest', directory);
}
