import { type Locator, type Page, expect, test } from '@playwright/test';
import { send } from './apiServer';
import { Developer } from './developer';
import { gitea, whileIdle } from './platform';
import { APP, DeliveryTab, enter, NAMESPACE } from './portal';
import { scene } from './scene';

const ARGO_CD = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${APP}-dev-cd`;
const OAM = `/apis/core.oam.dev/v1beta1/namespaces/${NAMESPACE}-dev/applications/${APP}`;
const PODS = `/api/v1/namespaces/${NAMESPACE}-dev/pods`;

let page: Page;
let tab: DeliveryTab;

/** What the top of the tab says. */
const headline = (text: string | RegExp): Locator =>
  page.getByRole('status').filter({ hasText: text });

/** Presses a button of the tab and confirms what its dialog asks. */
async function operate(name: string, label: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
  tab = new DeliveryTab(page);
  await enter(page, DeliveryTab.pathOf(APP));
  await tab.expectLive();
  await tab.markDocument();
});

test.afterAll(async () => {
  await tab.expectNotReloaded();
  await page.context().close();
});

test('an image that cannot be pulled', async () => {
  const pod = (await send('GET', PODS)).items.find(
    ({ metadata }: any) => !metadata.deletionTimestamp,
  );
  const { name: container, image } = pod.spec.containers[0];
  const message = `Back-off pulling image "${image}": manifest unknown: Requested image not found`;
  await send('PATCH', `${PODS}/${pod.metadata.name}/status`, {
    // As a kubelet says it; KWOK has none.
    status: {
      conditions: pod.status.conditions.map((each: any) =>
        /Ready$/.test(each.type)
          ? {
              ...each,
              status: 'False',
              reason: 'ContainersNotReady',
              message: `containers with unready status: [${container}]`,
              lastTransitionTime: new Date().toISOString(),
            }
          : each,
      ),
      containerStatuses: [
        {
          name: container,
          image,
          imageID: '',
          ready: false,
          started: false,
          restartCount: 0,
          state: { waiting: { reason: 'ImagePullBackOff', message } },
        },
      ],
    },
  });
  await expect(headline('cannot be pulled')).toContainText('manifest unknown');
  await tab.expectStatus('dev', 'failed');
  await scene(page, 'image-pull-error', headline('cannot be pulled'));

  await send('DELETE', `${PODS}/${pod.metadata.name}`);
  await tab.expectStatus('dev', 'succeeded');
});

test('a manifest that Argo CD has not noticed, until it is refreshed', async () => {
  const hooks = await gitea('GET', '/admin/hooks');
  const { id } = hooks.find((each: any) =>
    each.config.url.endsWith('/api/webhook'),
  );
  await gitea('PATCH', `/admin/hooks/${id}`, { active: false });
  try {
    // It has just looked, so that it does not by itself for a minute.
    const lookedAt = (await send('GET', ARGO_CD)).status.reconciledAt;
    await send('PATCH', ARGO_CD, {
      metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
    });
    await expect
      .poll(async () => (await send('GET', ARGO_CD)).status.reconciledAt)
      .not.toBe(lookedAt);
    const developer = await Developer.clone('golden-path', APP);
    const { commit } = await developer.push(
      'README.md',
      'Speaks of taxes.',
      'Show the taxes of an order',
    );
    const waiting = page.getByText('has not noticed').first();
    await expect(waiting).toBeVisible();
    await tab.expectStatus('dev', 'waiting');
    await scene(page, 'not-noticed', waiting);
    await operate('Refresh dev', 'Refresh');
    await tab.expectInDev(commit);
  } finally {
    await gitea('PATCH', `/admin/hooks/${id}`, { active: true });
  }
});

test('a drift, which is synced away', async () => {
  // Argo CD is to let it be, and so is kro, which would undo that.
  await whileIdle('kro', async () => {
    await send('PATCH', ARGO_CD, {
      spec: { syncPolicy: { automated: { selfHeal: false } } },
    });
    const { spec } = await send('GET', OAM);
    spec.components[0].properties.replicas = 3;
    await send('PATCH', OAM, { spec });
    const drift = page.getByText('was changed there').first();
    await expect(drift).toBeVisible();
    await tab.expectStatus('dev', 'waiting');
    await scene(page, 'drift', drift);
    await operate('Sync dev', 'Sync');
    await tab.expectStatus('dev', 'succeeded');
    expect(
      (await send('GET', OAM)).spec.components[0].properties.replicas,
    ).toBe(1);
  });
});

test('a pipeline that is suspended and resumed', async () => {
  await operate('Suspend the pipeline', 'Suspend');
  await tab.expectStatus('Pipeline', 'suspended');
  await scene(page, 'suspended-pipeline', headline('suspended'));
  await operate('Resume the pipeline', 'Resume');
  await tab.expectStatus('Pipeline', 'succeeded');
});
