import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { Entity } from '@backstage/catalog-model';
import type { RecordedRun } from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../__testUtils__/deliveryFor';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline } from '../__testUtils__/objects';
import type { ActionAccess } from './ActionAccess';
import { addListRuns } from './addListRuns';

const recorded = (name: string, createdAt: string): RecordedRun => ({
  uid: name,
  name,
  namespace: 'team-checkout',
  purpose: 'build',
  phase: 'Succeeded',
  status: 'succeeded',
  createdAt,
  finishedAt: createdAt,
  steps: [],
});

async function listed(history: RecordedRun[], limit: number) {
  const registry = actionsRegistryServiceMock();
  addListRuns(
    registry,
    { read: async () => entity() as Entity } as unknown as ActionAccess,
    { read: () => deliveryFor(healthyPipeline()) },
    { runs: async () => ({ runs: history, usualDurations: [] }) },
  );
  const { output } = await registry.invoke({
    id: 'test:list-runs',
    input: { entity: 'checkout', limit },
  });
  const { runs } = output as {
    runs: Array<{ name: string; inCluster: boolean }>;
  };
  return runs.map(({ name, inCluster }) => [name, inCluster]);
}

it('lists the newest first, whether or not the cluster still has them', async () => {
  const { runs } = deliveryFor(healthyPipeline());
  const kept = runs.map(({ name }) => [name, true]);
  // The cluster kept the set-up, and forgot the builds after it.
  const builds = [
    recorded('newest', '2026-11-25T08:00:00.000Z'),
    recorded('newer', '2026-11-25T07:00:00.000Z'),
    recorded(runs[0].name, runs[0].createdAt),
    recorded('oldest', '2026-11-23T07:00:00.000Z'),
  ];
  const all = [['newest', false], ['newer', false], ...kept, ['oldest', false]];
  expect(await listed(builds, 50)).toEqual(all);
  expect(await listed(builds, 3)).toEqual(all.slice(0, 3));
});
