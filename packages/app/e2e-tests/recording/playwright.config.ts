import tests from '../../../../playwright.config';

/** Started by `npm run record`. */
export default { ...tests, testDir: '.', testMatch: '*.recording.ts' };
