import { join, resolve } from 'node:path';
import { type Locator, type Page, expect } from '@playwright/test';

/** Name of the application that the tests create; another one on a platform that is used again. */
export const APP = process.env.APP_NAME ?? 'checkout';

/** Where its pipeline runs. */
export const NAMESPACE = `team-${APP}`;

/** What a build may take, on a machine that does other work as well. */
export const BUILD_MS = 180_000;

/** A commit as people call it. */
export const short = (commit: string) => commit.slice(0, 7);

/** Prints a measurement among the results of the tests. */
export function report(measurement: string): void {
  process.stdout.write(`${measurement}\n`);
}

/** Enters the portal as guest and lands on `path`. */
export async function enter(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
}

const FORM = '/create/templates/default/create-app';

/** Opens the form that creates an application. */
export async function enterForm(page: Page): Promise<void> {
  await page.goto(FORM);
  const signIn = page.getByRole('button', { name: 'Enter' });
  const name = page.getByLabel('Name');
  await signIn.or(name).first().click();
  await expect(name).toBeVisible();
}

/** Fills the first page of the form and goes on. */
export async function describeApp(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('textbox', { name: 'Owner' }).click();
  await page.getByRole('option', { name: 'Payments' }).click();
  await page.getByLabel('Description').fill('Takes orders');
  await page.getByRole('button', { name: 'Next' }).click();
}

/** Saves what the page shows, for what is no scene: a change of theme empties forms. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: resolve(
      __dirname,
      '../../..',
      join('test-results/scenes', `${name}.png`),
    ),
  });
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

  buildOf(commit: string): Locator {
    return this.run(`Build of ${short(commit)}`);
  }

  async expectStatus(title: string, status: string, timeout?: number) {
    await expect(this.station(title)).toHaveAttribute('data-status', status, {
      timeout,
    });
  }

  /** The newest image of the application that runs in dev, healthy. */
  async expectInDev(tag: string): Promise<void> {
    await expect(this.environment('dev')).toContainText(
      `${APP}:${short(tag)}`,
      {
        timeout: BUILD_MS,
      },
    );
    await this.expectStatus('dev', 'succeeded', BUILD_MS);
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

/** Creates an application by the form and follows its delivery. */
export async function createApp(page: Page, name: string): Promise<void> {
  await enterForm(page);
  await describeApp(page, name);
  await page.getByLabel('A DynamoDB table').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Follow its delivery' }).click();
  await expect(page).toHaveURL(new RegExp(`${DeliveryTab.pathOf(name)}$`));
  await expect(page.getByRole('region', { name: 'Golden path' })).toBeVisible();
}
