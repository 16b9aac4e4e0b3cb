import { type Page, expect, test } from '@playwright/test';
import { mergePatch } from './apiServer';
import { Developer } from './developer';
import { kubectl, platform } from './platform';
import { APP, DeliveryTab, enter, report, screenshot } from './portal';

const NAMESPACE = `team-${APP}`;
const FORM = '/create/templates/default/create-app';
const BUILD_MS = 180_000;

test.describe.configure({ mode: 'serial' });

let page: Page;
let tab: DeliveryTab;
let developer: Developer;
let deployed: string;

const seconds = (from: number) => ((Date.now() - from) / 1000).toFixed(1);
const short = (commit: string) => commit.slice(0, 7);

/** Fills the first page of the form and goes on. */
async function describeApp(name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('textbox', { name: 'Owner' }).click();
  await page.getByRole('option', { name: 'Payments' }).click();
  await page.getByLabel('Description').fill('Takes orders');
  await page.getByRole('button', { name: 'Next' }).click();
}

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  tab = new DeliveryTab(page);
});

test.afterAll(async () => {
  await page.close();
});

test('the form refuses an invalid name under its field', async () => {
  await enter(page, FORM);
  await describeApp('Checkout Service');
  await expect(
    page.getByText('Use lower case letters, digits and "-"').first(),
  ).toBeVisible();
  await screenshot(page, 'form-invalid-name', ['light']);
});

test('the form creates an application', async () => {
  await page.goto(FORM);
  await describeApp(APP);
  await page.getByLabel('A DynamoDB table').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const link = page.getByRole('link', { name: 'Follow its delivery' });
  await expect(link).toBeVisible();
  await screenshot(page, 'created');
  await link.click();
  await expect(page).toHaveURL(new RegExp(`${DeliveryTab.pathOf(APP)}$`));
  await tab.markDocument();
});

test('the first build travels to dev while the page is open', async () => {
  await tab.expectStatus('Pipeline', 'running');
  await expect(tab.station('Pipeline')).toContainText('IN_PROGRESS');
  await expect(tab.run(`${APP}-cicd-setup-workflow`)).toContainText('Running');
  await tab.expectLive();

  await expect(tab.station('Pipeline')).toContainText('ACTIVE', {
    timeout: BUILD_MS,
  });
  const firstBuild = tab.run(`${APP}-cicd-initial-build-workflow`);
  await expect(firstBuild).toContainText('Running');
  await screenshot(page, 'first-build');
  await expect(firstBuild).toContainText('Succeeded', { timeout: BUILD_MS });

  await tab.expectStatus('dev', 'succeeded', BUILD_MS);
  await expect(tab.environment('dev')).toContainText('Synced');
  await expect(tab.environment('dev')).toContainText('Healthy');
  await expect(tab.environment('dev')).toContainText(`${APP}:initial`);
  await expect(tab.environment('prod')).toContainText(
    'waiting for the first promotion',
  );
  await tab.expectNotReloaded();

  developer = await Developer.clone('golden-path', APP);
  expect(await developer.read('deployment/dev/application.yaml')).toMatch(
    new RegExp(`image: .*/${APP}:initial\n`),
  );
});

test('the tab agrees with kubectl', async () => {
  const [pipeline] = (await kubectl('get', 'cicdpipelines', '-n', NAMESPACE))
    .items;
  expect(pipeline.status.state).toBe('ACTIVE');
  await expect(tab.station('Pipeline')).toContainText(pipeline.status.state);

  const workflows = await kubectl(
    'get',
    'workflows.argoproj.io',
    '-n',
    NAMESPACE,
  );
  expect(workflows.items).toHaveLength(2);
  for (const workflow of workflows.items) {
    await expect(tab.run(workflow.metadata.name)).toContainText(
      workflow.status.phase,
    );
  }

  const listeners = await kubectl(
    'get',
    'sensors,eventsources',
    '-n',
    NAMESPACE,
  );
  expect(listeners.items.map((item: any) => item.kind).sort()).toEqual([
    'EventSource',
    'Sensor',
  ]);
  await expect(tab.station('Trigger')).toContainText('Deployed');

  for (const environment of ['dev', 'prod']) {
    const application = await kubectl(
      'get',
      'applications.argoproj.io',
      `${APP}-${environment}-cd`,
      '-n',
      'argocd',
    );
    const box = tab.environment(environment);
    await expect(box).toContainText(application.status.sync.status);
    await expect(box).toContainText(application.spec.destination.namespace);
  }
  expect(
    (await kubectl('get', 'all', '-n', `${NAMESPACE}-prod`)).items,
  ).toHaveLength(0);

  const oam = await kubectl(
    'get',
    'applications.core.oam.dev',
    '-n',
    `${NAMESPACE}-dev`,
  );
  expect(oam.items).toHaveLength(1);
  expect(oam.items[0].status.status).toBe('running');
  for (const service of oam.items[0].status.services) {
    expect(service.healthy).toBe(true);
    await expect(tab.environment('dev')).toContainText(service.name);
  }
});

test('a push travels to dev, prod stays where it was', async () => {
  const { commit, pushedAt } = await developer.push(
    'README.md',
    'Rounds totals per line.',
    'Round totals per line',
  );
  const build = tab.runs
    .getByRole('listitem')
    .filter({ hasText: `Build of ${short(commit)}` });
  await expect(build).toBeVisible();
  report(`push → run visible: ${seconds(pushedAt)} s`);
  await expect(tab.station('Source')).toContainText(short(commit));
  await tab.expectStatus('Build', 'running');
  await screenshot(page, 'push-building');

  await expect(tab.environment('dev')).toContainText(
    `${APP}:${short(commit)}`,
    { timeout: BUILD_MS },
  );
  await tab.expectStatus('dev', 'succeeded', BUILD_MS);
  report(`push → dev healthy: ${seconds(pushedAt)} s`);
  await expect(build).toContainText('Succeeded');
  await expect(tab.environment('prod')).toContainText(
    'waiting for the first promotion',
  );
  await tab.expectNotReloaded();
  await screenshot(page, 'push-in-dev');

  const deployment = await kubectl(
    'get',
    'deployments',
    '-n',
    `${NAMESPACE}-dev`,
  );
  expect(JSON.stringify(deployment.items[0].spec.template)).toContain(
    `/${APP}:${commit}`,
  );
  deployed = commit;
});

test('the manifest commit of the pipeline starts no run', async () => {
  const log = await developer.read('deployment/dev/application.yaml');
  expect(log).toContain(`/${APP}:${deployed}`);
  const workflows = await kubectl(
    'get',
    'workflows.argoproj.io',
    '-n',
    NAMESPACE,
  );
  expect(workflows.items).toHaveLength(3);
});

test('a failed build is shown with its step and message, dev keeps the old commit', async () => {
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
  const run = tab.runs
    .getByRole('listitem')
    .filter({ hasText: `Build of ${short(commit)}` });
  await expect(run).toContainText('Failed');
  await expect(run).toContainText(message);

  await tab.expectStatus('dev', 'succeeded');
  await expect(tab.environment('dev')).toContainText(
    `${APP}:${short(deployed)}`,
  );
  expect(await developer.read('deployment/dev/application.yaml')).toContain(
    `/${APP}:${deployed}`,
  );
  await tab.expectNotReloaded();
  await screenshot(page, 'failed-build');
  await page.setViewportSize({ width: 390, height: 844 });
  await screenshot(page, 'failed-build-phone');
  await page.setViewportSize({ width: 1440, height: 1000 });
  await platform('heal');
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
    await mergePatch(path, {
      metadata: {
        annotations: {
          // A merge patch removes what is null.
          // eslint-disable-next-line no-restricted-syntax
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

test('the overview card shows the same', async () => {
  await page.goto(`/catalog/default/component/${APP}`);
  const card = page.getByRole('region', { name: 'Delivery' });
  await expect(card).toContainText(short(deployed));
  await screenshot(page, 'overview-card');
});

test('the form refuses a name that is taken', async () => {
  await page.goto(FORM);
  await describeApp(APP);
  await expect(
    page.getByText(`The catalog has a component "${APP}" already`).first(),
  ).toBeVisible();
  await screenshot(page, 'form-name-taken', ['light']);
});
