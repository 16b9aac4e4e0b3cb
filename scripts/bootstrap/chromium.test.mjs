import { ensureChromium } from './chromium.mjs';

describe('Chromium', () => {
  it('is the one that the environment names', async () => {
    const CHROMIUM_PATH = process.execPath;
    expect(await ensureChromium({ CHROMIUM_PATH })).toBe(CHROMIUM_PATH);
  });

  it('is no other than the one that the environment names', async () => {
    await expect(
      ensureChromium({ CHROMIUM_PATH: '/nowhere/chromium' }),
    ).rejects.toMatchObject({
      message: 'CHROMIUM_PATH "/nowhere/chromium": there is no such file',
      hint: expect.stringContaining('set it to the path of a Chromium'),
    });
  });
});
