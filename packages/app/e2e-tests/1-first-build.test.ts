import { type Page, expect, test } from '@playwright/test';
import { Developer } from './developer';
import { kubectl, whileIdle } from './platform';
import {
  APP,
  BUILD_MS,
  createApp,
  DeliveryTab,
  describeApp,
  enterForm,
  NAMESPACE,
  picture,
} from './portal';
import { scene } from './scene';

test.describe.configure({ mode: 'serial' });

let page: Page;
let tab: DeliveryTab;

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
  tab = new DeliveryTab(page);
});

test.afterAll(async () => {
  await page.context().close();
});

test('the form refuses an invalid name under its field', async () => {
  await enterForm(page);
  await describeApp(page, 'Checkout Service');
  await expect(
    page.getByText('Use lower case letters, digits and single "-"').first(),
  ).toBeVisible();
});

test('the form creates an application; nothing of it exists yet', async () => {
  // As long as it has not looked at the new repository.
  await whileIdle('argocd-application-controller', async () => {
    await createApp(page, APP);
    await tab.markDocument();
    await tab.expectLive();
    await scene(page, 'day-0', page.getByText('What will happen now'));
  });
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
  await expect(tab.station('Build')).toContainText('is at step');
  await whileIdle('workflow-controller', () =>
    scene(
      page,
      'first-build',
      page.getByText('The first build is running.').first(),
    ),
  );
  await expect(firstBuild).toContainText('Succeeded', { timeout: BUILD_MS });

  await tab.expectStatus('dev', 'succeeded', BUILD_MS);
  await expect(tab.environment('dev')).toContainText('Synced');
  await expect(tab.environment('dev')).toContainText('Healthy');
  await expect(tab.environment('dev')).toContainText(`${APP}:initial`);
  await expect(tab.environment('prod')).toContainText(
    'waiting for the first promotion',
  );
  await tab.expectNotReloaded();

  const developer = await Developer.clone('golden-path', APP);
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

test('the form refuses a name that is taken', async () => {
  await enterForm(page);
  await describeApp(page, APP);
  await expect(
    page.getByText(`The catalog has a component "${APP}" already`).first(),
  ).toBeVisible();
  await picture(page, 'form-name-taken');
});
