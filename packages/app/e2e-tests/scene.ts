import { join, relative, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import {
  type Locator,
  type Page,
  type ViewportSize,
  errors,
  expect,
} from '@playwright/test';
import { report } from './portal';

const root = resolve(__dirname, '../../..');
const folder = resolve(root, process.env.SCENES_DIR ?? 'test-results/scenes');

const VIEWPORTS = {
  wide: { width: 1440, height: 1000 },
  phone: { width: 390, height: 844 },
};
const SCHEMES = ['light', 'dark'] as const;

type Scheme = (typeof SCHEMES)[number];
type Width = keyof typeof VIEWPORTS;

/**
 * Saves what the page shows, light and dark, wide and as on a phone, and fails where axe
 * finds anything in one of the four.
 *
 * @param shows - what the scene is about; it has to be there each time
 */
export async function scene(
  page: Page,
  name: string,
  shows: Locator,
): Promise<void> {
  const size = page.viewportSize() ?? { width: 1440, height: 1000 };
  const found: string[] = [];
  const settle = async () => {
    await expect(shows).toBeVisible();
    await expect(
      page.locator('[role="progressbar"], .bui-Skeleton, [aria-busy="true"]'),
    ).toHaveCount(0);
  };
  for (const scheme of SCHEMES) {
    await chooseTheme(page, scheme);
    for (const width of Object.keys(VIEWPORTS) as Width[]) {
      await page.setViewportSize(VIEWPORTS[width]);
      // With another theme the page is built anew: before that it has no height to speak of.
      await settle();
      await fitHeight(page, VIEWPORTS[width]);
      await settle();
      await capture(page, join(folder, `${name}-${scheme}-${width}.png`));
      found.push(
        ...(await violations(page)).map(it => `${scheme}, ${width}: ${it}`),
        ...(await overflows(page)).map(it => `${scheme}, ${width}: ${it}`),
      );
    }
  }
  await chooseTheme(page, undefined);
  await page.setViewportSize(size);
  await expect(shows).toBeVisible();
  report(`scene ${relative(root, join(folder, name))}-*.png`);
  // What follows is worth seeing, too.
  expect.soft(found, `what is wrong with scene "${name}"`).toEqual([]);
}

const CAPTURE_MS = 10_000;

/**
 * Saves what the page shows. Chromium now and then waits for ever for the frame that it
 * was to give (as in microsoft/playwright#31265); it is asked again, but only when the
 * page itself has drawn two more frames meanwhile, and that is told.
 */
async function capture(page: Page, path: string): Promise<void> {
  const options = {
    path,
    animations: 'disabled',
    timeout: CAPTURE_MS,
  } as const;
  try {
    await page.screenshot(options);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) {
      throw error;
    }
    const drawn = page.evaluate(
      () =>
        new Promise<true>(draw =>
          requestAnimationFrame(() => requestAnimationFrame(() => draw(true))),
        ),
    );
    await expect(drawn, 'the page draws').resolves.toBe(true);
    report(`Chromium gave no picture within ${CAPTURE_MS} ms: asked again`);
    await page.screenshot(options);
  }
}

/**
 * Chooses a theme as the user's settings do: it is kept in the browser's storage, and
 * every open page of the portal hears of it. Nothing is loaded again.
 */
async function chooseTheme(page: Page, theme?: Scheme): Promise<void> {
  await page.evaluate(id => {
    if (id) {
      localStorage.setItem('theme', id);
    } else {
      localStorage.removeItem('theme');
    }
    window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
  }, theme);
  await expect(page.locator('body')).toHaveAttribute(
    'data-theme-mode',
    theme ?? 'light',
  );
}

/** Makes the window as high as what it shows. */
async function fitHeight(
  page: Page,
  { width, height }: ViewportSize,
): Promise<void> {
  const content = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('html, main')].map(
        element => element.scrollHeight,
      ),
    ),
  );
  await page.setViewportSize({ width, height: Math.max(height, content) });
}

/** What is of Backstage and its libraries around the page. */
const FRAME = [
  // Where React Aria keeps for some seconds what a pending button said.
  '[data-live-announcer]',
  // A title that nobody sees, outside of all landmarks.
  'div.bui-VisuallyHidden:has(> h1)',
  // A count of notifications that is not in the name of its link.
  '[data-testid="sidebar-root"] a[href="/notifications"]',
  // A landmark without a name, beside others.
  '[data-testid="mobile-sidebar-root"]',
];

/** All that axe finds, with all of its rules. */
async function violations(page: Page): Promise<string[]> {
  // "Legacy" is only how it deals with frames of other sites, of which there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  FRAME.forEach(part => axe.exclude(part));
  axe.options({ resultTypes: ['violations'] });
  const { violations: all } = await axe.analyze();
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) =>
      `${id}: ${html.slice(0, 200)}\n${failureSummary}`.trim(),
    ),
  );
}

/** What one would have to scroll sideways for. */
async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth
      ? [`the page is ${scrollWidth} px wide, the window ${clientWidth}`]
      : [];
  });
}
