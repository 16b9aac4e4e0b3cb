import { join } from 'node:path';
import { startChild } from '../bootstrap/child.mjs';
import { ensureChromium } from '../bootstrap/chromium.mjs';
import { root } from '../bootstrap/root.mjs';
import { badPlaces } from './badPlaces.mjs';
import { testPlatform } from './localPlatform.mjs';
import { freePort } from '../portal/ports.mjs';
import { startPortal } from '../portal/portal.mjs';
import { reports } from './reports.mjs';
import { fromPlaywright } from './result.mjs';

/** The golden path in a real browser, against the real control plane. */
export async function browserSuite() {
  const chromium = await ensureChromium(process.env);
  const platform = await testPlatform();
  const portal = await startPortal({
    port: await freePort(),
    directory: platform.directory,
    configs: [platform.config],
    settings: await badPlaces(platform),
    env: { DELIVERY_PLATFORM_DIR: platform.directory },
  });
  try {
    const report = reports('browser.json');
    const child = startChild(
      join(root, 'node_modules/.bin/playwright'),
      ['test', '--reporter=list,json'],
      {
        env: {
          ...process.env,
          CHROMIUM_PATH: chromium,
          DELIVERY_PLATFORM_DIR: platform.directory,
          PLAYWRIGHT_URL: portal.url,
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        },
        onLine: console.log,
      },
    );
    await child.exited;
    return fromPlaywright(report);
  } finally {
    await portal.child.stop();
  }
}
