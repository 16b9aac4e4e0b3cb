import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import type { Browser } from '../browser/Browser.ts';
import type { RecorderWindow } from '../browser/recorder.ts';
import { MARK_PREFIX } from '../viewers/protocol.ts';

const PATIENCE_MS = 30_000;
/** After the first paint of use, before the page is closed. */
const SETTLE_MS = 1_500;

/** A tab of an entity page. */
export interface Tab {
  name: string;
  url: string;
  /** Selector of what is first of use: what the backend says of this very entity. */
  first: string;
}

/** Milliseconds from the beginning of the navigation to the first paint of use, one per load. */
export interface FirstPaints {
  tab: Tab;
  /** By a browser that has never seen the portal. */
  cold: number[];
  /** The same address again, by the same browser. */
  warm: number[];
}

/**
 * Loads tabs in turn, so that whatever else the machine does meets all of them.
 *
 * @param rounds - loads of each kind and tab
 */
export async function measureFirstPaints(
  browser: Browser,
  tabs: readonly Tab[],
  rounds: number,
): Promise<FirstPaints[]> {
  const results = tabs.map((tab): FirstPaints => ({ tab, cold: [], warm: [] }));
  // The first answers of a backend that has just started are nobody's usual ones.
  for (const { tab } of results) {
    await visit(browser, tab, 1);
  }
  for (let round = 0; round < rounds; round++) {
    const turn = round % 2 === 0 ? results : [...results].reverse();
    for (const { tab, cold, warm } of turn) {
      const [first, second] = await visit(browser, tab, 2);
      cold.push(first);
      warm.push(second);
    }
  }
  return results;
}

async function visit(
  browser: Browser,
  { url, first }: Tab,
  loads: number,
): Promise<number[]> {
  const profile = await browser.freshProfile({ mark: MARK_PREFIX, first });
  try {
    const times: number[] = [];
    for (let load = 0; load < loads; load++) {
      times.push(await loadOnce(profile, url));
    }
    return times;
  } finally {
    await profile.close();
  }
}

async function loadOnce(profile: BrowserContext, url: string): Promise<number> {
  const page = await profile.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const at = await Promise.race([
    page.evaluate(() => (window as unknown as RecorderWindow).bench.firstPaint),
    delay(PATIENCE_MS, undefined, { ref: false }),
  ]);
  if (at === undefined) {
    throw new Error(
      `${url} shows nothing of use but: ${await page.innerText('body')}`,
    );
  }
  // What the page still loads is in the cache the next time.
  await delay(SETTLE_MS);
  await page.close();
  return at;
}
