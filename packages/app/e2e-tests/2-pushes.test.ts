import { type Page, expect, test } from '@playwright/test';
import { send, watchesOf } from './apiServer';
import { Developer } from './developer';
import { kubectl, platform, whileIdle } from './platform';
import {
  APP,
  BUILD_MS,
  DeliveryTab,
  enter,
  NAMESPACE,
  picture,
  report,
  short,
} from './portal';
import { scene } from './scene';

let page: Page;
let tab: DeliveryTab;
let developer: Developer;

const seconds = (from: number) => ((Date.now() - from) / 1000).toFixed(1);

/** Tag of the image that Git wants in dev. */
async function wantedInDev(): Promise<string> {
  const manifest = await developer.read('deployment/dev/application.yaml');
  return new RegExp(`image: .*/${APP}:(\\S+)\n`).exec(manifest)![1];
}

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
  tab = new DeliveryTab(page);
  await enter(page, DeliveryTab.pathOf(APP));
  await tab.expectLive();
  await tab.markDocument();
  developer = await Developer.clone('golden-path', APP);
});

test.afterAll(async () => {
  await page.context().close();
});

test('a push travels to dev in two browsers, by one watch; prod stays where it was', async ({
  browser,
}) => {
  const watches = await watchesOf('workflows');
  const elsewhere = await browser.newContext();
  const otherPage = await elsewhere.newPage();
  const otherTab = new DeliveryTab(otherPage);
  await enter(otherPage, DeliveryTab.pathOf(APP));
  await otherTab.expectLive();
  expect(await watchesOf('workflows')).toBe(watches);

  const { commit, pushedAt } = await developer.push(
    'README.md',
    'Rounds totals per line.',
    'Round totals per line',
  );
  const build = tab.buildOf(commit);
  await expect(build).toBeVisible();
  report(`push → run visible: ${seconds(pushedAt)} s`);
  for (const each of [tab, otherTab]) {
    await expect(each.station('Source')).toContainText(short(commit));
    await each.expectStatus('Build', 'running');
  }
  await whileIdle('workflow-controller', () =>
    scene(page, 'push-building', build),
  );

  await Promise.all([tab.expectInDev(commit), otherTab.expectInDev(commit)]);
  report(`push → dev healthy: ${seconds(pushedAt)} s`);
  await expect(build).toContainText('Succeeded');
  await expect(tab.environment('prod')).toContainText(
    'waiting for the first promotion',
  );
  await tab.expectNotReloaded();
  await scene(page, 'push-in-dev', build);
  await elsewhere.close();

  const deployment = await kubectl(
    'get',
    'deployments',
    '-n',
    `${NAMESPACE}-dev`,
  );
  expect(JSON.stringify(deployment.items[0].spec.template)).toContain(
    `/${APP}:${commit}`,
  );
});

test('the manifest commit of the pipeline starts no run', async () => {
  expect(await wantedInDev()).toMatch(/^[0-9a-f]{40}$/);
  const workflows = await kubectl(
    'get',
    'workflows.argoproj.io',
    '-n',
    NAMESPACE,
  );
  expect(workflows.items).toHaveLength(3);
});

test('the overview card tells the same', async ({ browser }) => {
  const overview = await (await browser.newContext()).newPage();
  await enter(overview, `/catalog/default/component/${APP}`);
  const card = overview.getByRole('region', { name: 'Delivery' });
  await expect(card).toContainText(short(await wantedInDev()));
  await scene(overview, 'overview-card', card);
  await overview.context().close();
});

test('a failed build is shown with its step and message, dev keeps the old commit', async () => {
  const before = await wantedInDev();
  const message = '2 of 214 tests failed: CartTotal rounds half up';
  await platform('fail', 'run-tests', '--message', message, '--app', APP);
  const { commit } = await developer.push(
    'README.md',
    'Rounds half up.',
    'Round half up',
  );
  await tab.expectStatus('Build', 'failed', BUILD_MS);
  const banner = page.getByRole('status').filter({ hasText: 'run-tests' });
  await expect(banner).toContainText(message);
  const run = tab.buildOf(commit);
  await expect(run).toContainText('Failed');
  await expect(run).toContainText(message);

  await tab.expectStatus('dev', 'succeeded');
  await expect(tab.environment('dev')).toContainText(`${APP}:${short(before)}`);
  expect(await wantedInDev()).toBe(before);
  await tab.expectNotReloaded();
  await scene(page, 'failed-build', banner);
  await platform('heal', 'run-tests', '--app', APP);
});

test('the owner is told of it, once, and led to the run', async ({
  browser,
}) => {
  const portal = await (await browser.newContext()).newPage();
  await enter(portal, '/notifications');
  const told = portal
    .getByRole('row')
    .filter({ hasText: new RegExp(`${APP}: the build of \\w{7} failed`) });
  await expect(told).toHaveCount(1);
  await expect(told).toContainText('failed at step run-tests');
  // What a step says may hold anything, and notifications go on to mail and chat.
  await expect(told).not.toContainText('CartTotal');
  await picture(portal, 'notifications');
  await told.getByRole('link').first().click();
  await expect(portal).toHaveURL(/\/delivery\?run=/);
  const steps = { name: `Steps of ${APP}-cicd-` };
  await expect(portal.getByRole('group', steps)).toBeInViewport();
  await scene(
    portal,
    'run',
    // On a phone they are a table.
    portal.getByRole('group', steps).or(portal.getByRole('table', steps)),
  );
  await portal.context().close();
});

test('a correcting push ends it', async () => {
  const { commit } = await developer.push(
    'README.md',
    'Rounds half to even.',
    'Round half to even',
  );
  await tab.expectInDev(commit);
  await tab.expectStatus('Build', 'succeeded');
});

test('a change at the API server is on the screen at once', async () => {
  const path = `/apis/kro.run/v1alpha1/namespaces/${NAMESPACE}/cicdpipelines/${APP}-cicd-pipeline`;
  const delays: number[] = [];
  for (let round = 0; round < 10; round++) {
    const suspended = round % 2 === 0;
    const station = await tab.station('Pipeline').elementHandle();
    // The observer must be there before the change is sent.
    const shown = await station!.evaluateHandle(
      (element, wanted) => ({
        at: new Promise<number>(resolve => {
          const observer = new MutationObserver(() => {
            const status = element.getAttribute('data-status');
            if ((status === 'suspended') === wanted) {
              observer.disconnect();
              resolve(Date.now());
            }
          });
          observer.observe(element, { attributes: true });
        }),
      }),
      suspended,
    );
    const sentAt = Date.now();
    await send('PATCH', path, {
      metadata: {
        annotations: {
          // A merge patch removes what is null.
          'kro.run/reconcile': suspended ? 'suspended' : null,
        },
      },
    });
    delays.push((await shown.evaluate(({ at }) => at)) - sentAt);
  }
  delays.sort((a, b) => a - b);
  report(
    `change at the API server → change on screen: median ${
      delays[delays.length / 2]
    } ms, slowest ${delays.at(-1)} ms`,
  );
  expect(delays[delays.length / 2]).toBeLessThan(1000);
  await tab.expectNotReloaded();
});
