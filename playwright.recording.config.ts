import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Started by `npm run record`. */
export default defineConfig({
  ...tests,
  testDir: 'packages/app/e2e-tests/recording',
  testMatch: '*.recording.ts',
});
