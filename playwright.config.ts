import { defineConfig } from '@playwright/test';

/** Started by `npm test -- browser`, which brings platform, portal and Chromium. */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  outputDir: 'test-results/browser',
  timeout: 300_000,
  expect: { timeout: 60_000 },
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: process.env.PLAYWRIGHT_URL,
    viewport: { width: 1440, height: 1000 },
    locale: 'en-US',
    // Without a graphics card each moving page takes a processor from the others.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Its pictures would be of each frame, while scenes are captured; the failed one is kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
