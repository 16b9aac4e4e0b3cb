import { expect, test } from '@playwright/test';
import { kubectl, platform } from './platform';
import { APP, DeliveryTab, enter, screenshot } from './portal';

test('annotations that point to nothing are explained', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf('nowhere'));
  const tab = new DeliveryTab(page);
  await expect(
    page.getByText('No CICDPipeline "no-such-pipeline"').first(),
  ).toBeVisible();
  await tab.expectStatus('Pipeline', 'missing');
  await screenshot(page, 'annotation-to-nothing');
});

test('a cluster out of reach is explained', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf('out-of-reach'));
  const tab = new DeliveryTab(page);
  await expect(
    page.getByText('Cluster "out-of-reach" cannot be reached.').first(),
  ).toBeVisible();
  await tab.expectStatus('Pipeline', 'unknown');
  await expect(
    page.getByRole('button', { name: 'Live', exact: true }),
  ).toHaveCount(0);
  await screenshot(page, 'cluster-out-of-reach');
});

test('a cluster that is not configured is explained', async ({ page }) => {
  await enter(page, DeliveryTab.pathOf('unknown-cluster'));
  await expect(
    page.getByText('names cluster "atlantis"').first(),
  ).toBeVisible();
});

test('a kind that is not installed blanks nothing else and comes back by itself', async ({
  page,
}) => {
  await enter(page, DeliveryTab.pathOf(APP));
  const tab = new DeliveryTab(page);
  await tab.expectStatus('Trigger', 'succeeded');
  const crds = await kubectl('get', 'crd', 'sensors.argoproj.io');
  await platform('kubectl', 'delete', 'crd', 'sensors.argoproj.io');

  await expect(tab.station('Trigger')).toContainText('not installed');
  await tab.expectStatus('dev', 'succeeded');
  await screenshot(page, 'crd-missing');

  const { spec, metadata } = crds;
  await applyCrd({ ...crds, spec, metadata: { name: metadata.name } });
  await expect(tab.station('Trigger')).not.toContainText('not installed');
});

async function applyCrd(crd: object): Promise<void> {
  const { writeFile, mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const file = `${await mkdtemp(`${tmpdir()}/crd-`)}/crd.json`;
  await writeFile(file, JSON.stringify(crd));
  await platform('kubectl', 'create', '-f', file);
}
