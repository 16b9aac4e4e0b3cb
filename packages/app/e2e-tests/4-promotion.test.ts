import { type Page, expect, test } from '@playwright/test';
import { send } from './apiServer';
import { expectFocus, tabTo } from './keyboard';
import { gitea } from './platform';
import { APP, BUILD_MS, DeliveryTab, enter, NAMESPACE } from './portal';
import { scene } from './scene';

let page: Page;
let tab: DeliveryTab;

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
  tab = new DeliveryTab(page);
  await enter(page, DeliveryTab.pathOf(APP));
  await tab.expectLive();
  await tab.markDocument();
});

test.afterAll(async () => {
  await page.context().close();
});

const imageIn = async (environment: string): Promise<string> => {
  const { items } = await send(
    'GET',
    `/apis/apps/v1/namespaces/${NAMESPACE}-${environment}/deployments`,
  );
  return items[0]?.spec.template.spec.containers[0].image;
};

test('what runs in dev can be promoted', async () => {
  await tab.expectStatus('dev', 'succeeded');
  await scene(
    page,
    'ready-to-promote',
    page.getByText('for the first time').first(),
  );
});

test('a promotion, by keyboard alone', async () => {
  const promote = page
    .getByRole('button', { name: 'Promote to prod', exact: true })
    .first();
  await page.locator('body').press('Tab');
  await tabTo(page, promote);
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog', { name: 'Promote to prod' });
  const confirm = dialog.getByRole('button', { name: 'Promote', exact: true });
  await expectFocus(confirm);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expectFocus(promote);

  await page.keyboard.press('Enter');
  await expectFocus(confirm);
  await page.keyboard.press('Enter');
  // The last one; the first is the cross in the corner.
  const close = dialog.getByRole('button', { name: 'Close' }).last();
  await expectFocus(close);
  const pull = dialog.getByRole('link', { name: `golden-path/${APP} #` });
  await tabTo(page, pull);
  const opened = page.waitForEvent('popup');
  await page.keyboard.press('Enter');
  const pullPage = await opened;
  await expect(pullPage).toHaveURL(new RegExp(`/golden-path/${APP}/pulls/`));
  const url = pullPage.url();
  await pullPage.close();

  await tabTo(page, close);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);

  // Nothing is left to be pressed there: the headline leads to the pull request.
  const headline = page.locator('section').filter({ hasText: 'Next:' }).first();
  await expect(headline).toContainText('Merge the pull request');
  await expect(
    headline.getByRole('link', { name: 'Pull request' }),
  ).toHaveAttribute('href', url);
  await expect(headline.locator(':focus')).toHaveCount(1);
  await scene(page, 'promotion-asked', headline);
  await merge(url);
});

/**
 * Merges a pull request, as a reviewer does. By the API of the Git server: the pages of
 * the platform's one have no scripts, which upstream builds apart.
 */
async function merge(url: string): Promise<void> {
  const pull = `/repos${new URL(url).pathname}`;
  // It looks first whether it can be merged, and says so meanwhile.
  await expect
    .poll(() =>
      gitea('POST', `${pull}/merge`, { Do: 'merge' }).then(
        () => 'merged',
        ({ message }) => message,
      ),
    )
    .toBe('merged');
}

test('prod runs what dev runs', async () => {
  await tab.expectStatus('Promotion', 'succeeded', BUILD_MS);
  await tab.expectStatus('prod', 'succeeded', BUILD_MS);
  await expect(tab.environment('prod')).toContainText('Healthy');
  expect(await imageIn('prod')).toBe(await imageIn('dev'));
  await tab.expectNotReloaded();
  await scene(
    page,
    'prod-healthy',
    page.getByText('hold the same image').first(),
  );
});
