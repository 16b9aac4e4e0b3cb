import { expect, test } from '@playwright/test';
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
  await link.click();
  await new DeliveryTab(page).expectLive();
});

test('a legacy app has no tab on what has no golden path', async ({ page }) => {
  await enter(page, '/catalog/default/group/payments');
  await expect(page.getByText('Payments').first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Delivery' })).toHaveCount(0);
});
