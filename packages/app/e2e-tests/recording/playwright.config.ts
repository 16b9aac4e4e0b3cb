import type { PlaywrightTestConfig } from '@playwright/test';
import tests from '../../../../playwright.config';

/** Started by `npm run record`. */
const recordings: PlaywrightTestConfig = {
  ...tests,
  testDir: '.',
  testMatch: '*.recording.ts',
};
export default recordings;
