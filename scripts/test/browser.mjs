import { join } from 'node:path';
import { startChild } from '../bootstrap/child.mjs';
import { ensureChromium } from '../bootstrap/chromium.mjs';
import { root } from '../bootstrap/root.mjs';
import { badPlaces } from './badPlaces.mjs';
import { startLegacyApp } from './legacyApp.mjs';
import { testPlatform } from './localPlatform.mjs';
import { freePort } from '../portal/ports.mjs';
import { startPortal } from '../portal/portal.mjs';
import { reports } from './reports.mjs';
import { fromPlaywright } from './result.mjs';

/** The golden path in a real browser, against the real control plane. */
export async function browserSuite() {
  const report = reports('browser.json');
  await playwright(await testPlatform(), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return fromPlaywright(report);
}

/**
 * Runs Playwright with a portal on the local platform, and with one on the old
 * frontend system beside it.
 *
 * @returns the exit code
 */
export async function playwright(platform, args, env) {
  const chromium = await ensureChromium(process.env);
  const portal = await startPortal({
    port: await freePort(),
    directory: platform.directory,
    configs: [platform.config],
    settings: await badPlaces(platform),
    env: { DELIVERY_PLATFORM_DIR: platform.directory },
  });
  let legacy;
  try {
    legacy = await startLegacyApp({
      url: portal.url,
      log: join(platform.directory, 'logs', 'app-legacy-build.log'),
    });
    const child = startChild(join(root, 'node_modules/.bin/playwright'), args, {
      env: {
        ...process.env,
        CHROMIUM_PATH: chromium,
        DELIVERY_PLATFORM_DIR: platform.directory,
        PLAYWRIGHT_URL: portal.url,
        LEGACY_URL: legacy.url,
        ...env,
      },
      onLine: console.log,
    });
    return await child.exited;
  } finally {
    await legacy?.stop();
    await portal.child.stop();
  }
}
