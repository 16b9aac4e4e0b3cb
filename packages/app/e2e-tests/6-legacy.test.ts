import { type Page, expect, test } from '@playwright/test';
import { APP, DeliveryTab, enter } from './portal';
import { scene } from './scene';

/** A portal on the old frontend system, with the same backend. */
test.use({ baseURL: process.env.LEGACY_URL });

test('a legacy app shows the tab, live', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf(APP));
  const tab = new DeliveryTab(page);
  await tab.expectLive();
  await tab.expectStatus('prod', 'succeeded');
  await scene(page, 'legacy-tab', tab.environment('prod'));
});

test('a legacy app shows the card, which leads to the tab', async ({
  page,
}) => {
  await enter(page, `/catalog/default/component/${APP}`);
  const card = page.getByRole('region', { name: 'Delivery' });
  await expect(card).toContainText('prod');
  await scene(page, 'legacy-card', card);
  await card.getByRole('link', { name: 'Open delivery' }).click();
  await expect(page).toHaveURL(new RegExp(`${DeliveryTab.pathOf(APP)}$`));
  await new DeliveryTab(page).expectLive();
});

test('a legacy app shows all golden paths, which lead to the tabs', async ({
  page,
}) => {
  await enter(page, '/delivery');
  const link = page.getByRole('link', { name: APP, exact: true });
  await expect(link).toBeVisible();
  await scene(page, 'legacy-fleet', link);
  await onPhone(page, async () => {
    // Each cell says what it is, and nothing says it twice.
    await expect(page.getByRole('columnheader')).toHaveCount(0);
    const card = page.getByRole('row').filter({ has: link });
    for (const name of ['Where it stands', 'Environments', 'Last run']) {
      await expect(card.getByText(name, { exact: true })).toBeVisible();
    }
    await expect(page.getByRole('button', { name: /Sort by/ })).toBeVisible();
  });
  await expect(page.getByRole('columnheader')).toHaveCount(5);
  await link.click();
  await new DeliveryTab(page).expectLive();
});

test('a legacy app speaks the language that is chosen in Settings', async ({
  page,
}) => {
  await enter(page, '/settings');
  await page.getByText('English').first().click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await page.getByRole('link', { name: 'Delivery' }).click();
  await expect(
    page.getByRole('columnheader', { name: 'Letzter Lauf' }),
  ).toBeVisible();
});

test('a legacy app has no tab on what has no golden path', async ({ page }) => {
  await enter(page, '/catalog/default/group/payments');
  await expect(page.getByText('Payments').first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Delivery' })).toHaveCount(0);
});

async function onPhone(page: Page, look: () => Promise<void>) {
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await look();
  await page.setViewportSize(size);
}
