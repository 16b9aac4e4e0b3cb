import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Page, expect, test } from '@playwright/test';
import { Developer } from '../developer';
import { APP, createApp, DeliveryTab, report, short } from '../portal';
import { type Frame, gifOf } from './gif';

const FILE = resolve(__dirname, '../../../../docs/images/push-to-dev.gif');
const FRAME_MS = 200;
const MESSAGE = 'Round totals per line';

test.use({
  viewport: { width: 1200, height: 860 },
  contextOptions: { reducedMotion: 'no-preference' },
});

/** Keeps every picture of a page that differs from the one before. */
async function record(page: Page, work: () => Promise<void>): Promise<Frame[]> {
  const frames: Frame[] = [];
  let isDone = false;
  const recorded = (async () => {
    while (!isDone) {
      const at = Date.now();
      const png = await page.screenshot();
      if (!frames.at(-1)?.png.equals(png)) {
        frames.push({ at, png });
      }
      await delay(Math.max(0, at + FRAME_MS - Date.now()));
    }
  })();
  try {
    await work();
  } finally {
    isDone = true;
    await recorded;
  }
  return frames;
}

/** A line at the foot of the page that says what the developer does meanwhile. */
async function caption(page: Page, text: string): Promise<void> {
  await page.evaluate(line => {
    const id = 'recording-caption';
    const element =
      document.getElementById(id) ?? document.createElement('div');
    element.id = id;
    element.textContent = line;
    element.style.cssText =
      'position:fixed;inset:auto 0 0 0;z-index:9999;padding:14px 24px;' +
      'background:#10151c;color:#d6e2f0;font:15px monospace;white-space:pre';
    document.body.append(element);
  }, text);
}

test('a push travels to dev', async ({ page }) => {
  test.setTimeout(600_000);
  await createApp(page, APP);
  const tab = new DeliveryTab(page);
  await tab.expectInDev('initial');
  const developer = await Developer.clone('golden-path', APP);

  const frames = await record(page, async () => {
    const command = `$ git commit -am "${MESSAGE}" && git push`;
    for (let end = 2; end <= command.length; end += 3) {
      await caption(page, command.slice(0, end));
      await delay(90);
    }
    await caption(page, command);
    const { commit } = await developer.push(
      'README.md',
      'Rounds totals per line.',
      MESSAGE,
    );
    await caption(page, `${command}\n  main -> main  ${short(commit)}`);
    await tab.expectInDev(commit);
    await expect(
      page.getByText(`${short(commit)} runs in dev.`).first(),
    ).toBeVisible();
    await delay(1_000);
  });

  const gif = gifOf(frames);
  await writeFile(FILE, gif);
  const seconds = (frames.at(-1)!.at - frames[0].at) / 1000;
  report(
    `${FILE}: ${frames.length} frames, ${seconds.toFixed(0)} s, ${Math.round(
      gif.length / 1024,
    )} KiB`,
  );
  expect(gif.length).toBeLessThan(3 * 1024 * 1024);
});
