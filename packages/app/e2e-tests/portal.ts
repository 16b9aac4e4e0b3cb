import { join, resolve } from 'node:path';
import { type Locator, type Page, expect } from '@playwright/test';

/** Name of the application that the tests create; another one on a platform that is used again. */
export const APP = process.env.APP_NAME ?? 'checkout';

const screenshots = resolve(
  __dirname,
  '../../..',
  process.env.SCREENSHOTS_DIR ?? 'test-results/screenshots',
);

/** Prints a measurement among the results of the tests. */
export function report(measurement: string): void {
  process.stdout.write(`${measurement}\n`);
}

/** Enters the portal as guest and lands on `path`. */
export async function enter(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
}

/** The Delivery tab of a component. */
export class DeliveryTab {
  readonly page: Page;
  readonly runs: Locator;

  constructor(page: Page) {
    this.page = page;
    this.runs = page.getByRole('region', { name: 'Runs' });
  }

  static pathOf(component: string): string {
    return `/catalog/default/component/${component}/delivery`;
  }

  /** A station of the golden path, by the title that a person reads. */
  station(title: string): Locator {
    return this.page
      .getByRole('region', { name: 'Golden path' })
      .getByRole('listitem')
      .filter({
        has: this.page.locator('strong', { hasText: new RegExp(`^${title}$`) }),
      });
  }

  environment(name: string): Locator {
    return this.page
      .getByRole('region', { name: 'Environments' })
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { name, exact: true }) });
  }

  run(name: string): Locator {
    return this.runs.getByRole('listitem').filter({ hasText: name });
  }

  async expectStatus(title: string, status: string, timeout?: number) {
    await expect(this.station(title)).toHaveAttribute('data-status', status, {
      timeout,
    });
  }

  async expectLive(): Promise<void> {
    await expect(
      this.page.getByRole('button', { name: 'Live', exact: true }),
    ).toBeVisible();
  }

  /** Fails later when the page was loaded again meanwhile. */
  async markDocument(): Promise<void> {
    await this.page.evaluate(() =>
      document.body.setAttribute('data-not-reloaded', ''),
    );
  }

  async expectNotReloaded(): Promise<void> {
    await expect(this.page.locator('body')).toHaveAttribute(
      'data-not-reloaded',
      '',
    );
  }
}

/**
 * Saves what the page shows from top to bottom, in light and in dark. A change of the
 * colour scheme empties Backstage's forms: these are saved in light only.
 */
export async function screenshot(
  page: Page,
  name: string,
  schemes: Array<'light' | 'dark'> = ['light', 'dark'],
): Promise<void> {
  const size = page.viewportSize() ?? { width: 1440, height: 1000 };
  const height = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('html, main')].map(
        element => element.scrollHeight,
      ),
    ),
  );
  await page.setViewportSize({
    ...size,
    height: Math.max(size.height, height),
  });
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The theme is applied after the media query changed.
    await page.waitForTimeout(400);
    await page.screenshot({
      path: join(screenshots, `${name}-${colorScheme}.png`),
    });
  }
  await page.emulateMedia({
    colorScheme: 'light',
    reducedMotion: 'no-preference',
  });
  await page.setViewportSize(size);
}
