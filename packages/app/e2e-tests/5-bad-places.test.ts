import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { kubectl, platform } from './platform';
import { APP, DeliveryTab, enter } from './portal';
import { scene } from './scene';

test('annotations that point to nothing are explained', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf('nowhere'));
  const tab = new DeliveryTab(page);
  const said = page.getByText('No CICDPipeline "no-such-pipeline"').first();
  await expect(said).toBeVisible();
  await tab.expectStatus('Pipeline', 'missing');
  await scene(page, 'annotation-to-nothing', said);
});

test('a cluster out of reach is explained', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf('out-of-reach'));
  const tab = new DeliveryTab(page);
  const said = page
    .getByText('Cluster "out-of-reach" cannot be reached.')
    .first();
  await expect(said).toBeVisible();
  await tab.expectStatus('Pipeline', 'unknown');
  await expect(
    page.getByRole('button', { name: 'Live', exact: true }),
  ).toHaveCount(0);
  await scene(page, 'cluster-out-of-reach', said);
});

test('a cluster that is not configured is explained', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf('unknown-cluster'));
  await expect(
    page.getByText('names cluster "atlantis"').first(),
  ).toBeVisible();
});

test("another team's delivery is not shown, and the page says whom to ask", async ({
  page,
}) => {
  await enter(page, DeliveryTab.pathOf('ledger'));
  const said = page.getByRole('alert');
  await expect(said).toContainText('delivery.read');
  await expect(said).toContainText('platform');
  await expect(page.getByRole('region', { name: 'Golden path' })).toHaveCount(
    0,
  );
  await scene(page, 'forbidden', said);
});

test('a kind that is not installed blanks nothing else and comes back by itself', async ({
  page,
}) => {
  await enter(page, DeliveryTab.pathOf(APP));
  const tab = new DeliveryTab(page);
  await tab.expectStatus('Trigger', 'succeeded');
  const crd = await kubectl('get', 'crd', 'sensors.argoproj.io');
  await platform('kubectl', 'delete', 'crd', 'sensors.argoproj.io');
  try {
    await expect(tab.station('Trigger')).toContainText('not installed');
    await tab.expectStatus('dev', 'succeeded');
    await scene(
      page,
      'crd-missing',
      page.getByText('is not installed in cluster').first(),
    );
  } finally {
    const { name } = crd.metadata;
    const file = join(await mkdtemp(join(tmpdir(), 'crd-')), 'crd.json');
    await writeFile(file, JSON.stringify({ ...crd, metadata: { name } }));
    await platform('kubectl', 'create', '-f', file);
  }
  await expect(tab.station('Trigger')).not.toContainText('not installed');
});
