import { stopAll, stopAllOnSignal } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { StepError, main } from './bootstrap/step.mjs';
import { inToolchain } from './bootstrap/toolchain.mjs';
import { playwright } from './test/browser.mjs';
import { testPlatform } from './test/localPlatform.mjs';

const config = 'playwright.recording.config.ts';

/** Makes the recording at the top of the README, by a push on a platform of its own. */
async function record() {
  stopAllOnSignal(1);
  await ensureDependencies(process.env);
  try {
    const code = await playwright(
      await testPlatform(),
      ['test', '--config', config, '--reporter=list'],
      {},
    );
    if (code !== 0) {
      throw new StepError('Nothing was recorded', 'read what Playwright says');
    }
  } finally {
    await stopAll();
  }
}

await main(() => inToolchain(import.meta.url, record));
