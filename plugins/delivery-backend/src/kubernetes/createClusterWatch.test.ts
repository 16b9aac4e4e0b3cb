import { mockServices } from '@backstage/backend-test-utils';
import { createClusterWatch } from './createClusterWatch';
import { HttpTransport } from './KubeTransport';
import { Clock } from './clock';
import { Batch } from './Store';
import { ClusterWatch, KindRef } from './types';
import { fastClock, ManualClock } from './__testing__/clocks';
import { FakeApiServer } from './__testing__/FakeApiServer';
import { FakeResource } from './__testing__/FakeResource';
import {
  contents,
  definitions,
  deployments,
  workflows,
} from './__testing__/kinds';
import { until } from './__testing__/until';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

const workflow: KindRef = { group: 'argoproj.io', kind: 'Workflow' };
const deployment: KindRef = { group: 'apps', kind: 'Deployment' };

const server = new FakeApiServer();
const logger = mockServices.logger.mock();
let crds: FakeResource;
let apps: FakeResource;
let watch: ClusterWatch | undefined;
let batches: Batch[];

beforeAll(async () => {
  await server.start();
  crds = server.serve(definitions);
  apps = server.serve(deployments);
});

afterEach(async () => {
  await watch?.stop();
  jest.clearAllMocks();
});

afterAll(() => server.stop());

function watchCluster(
  clock: Clock = fastClock(20),
  kinds: KindRef[] = [workflow, deployment],
): ClusterWatch {
  batches = [];
  watch = createClusterWatch({
    name: 'local',
    transport: new HttpTransport(server.access()),
    logger,
    clock,
  });
  watch.subscribe(batch => batches.push(batch));
  watch.acquire(kinds);
  watch.start();
  return watch;
}

const states = () =>
  watch!.kindStates().map(({ kind, state }) => `${kind} ${state}`);

it('watches each kind on its own: what is missing does not hold up the others', async () => {
  apps.put({ name: 'shop', namespace: 'team-shop' });
  const { objects } = watchCluster();
  await until('settled', () =>
    ['Workflow not-installed', 'Deployment live'].every(state =>
      states().includes(state),
    ),
  );
  expect(objects.get(deployment, 'shop', 'team-shop')).toBeDefined();
  expect(objects.list(workflow)).toEqual([]);
  await until('the log', () =>
    logger.info.mock.calls.some(
      ([message]) =>
        message === 'Cluster local: Workflow not-installed; Deployment live',
    ),
  );
  expect(logger.warn).not.toHaveBeenCalled();
});

it('follows a kind as soon as its definition is there', async () => {
  const clock = new ManualClock();
  watchCluster(clock);
  await until('not installed', () =>
    states().includes('Workflow not-installed'),
  );
  await until('the watch of definitions', () => crds.watchers.size === 1);
  const runs = server.serve(workflows);
  runs.put({ name: 'run', namespace: 'team-shop' });
  crds.put({ name: 'workflows.argoproj.io' });
  // Less than the first pause of a kind that is not installed.
  await untilSettled(clock, 'Workflow live');
  expect(clock.monotonic()).toBeLessThan(750);
  expect(watch!.objects.list(workflow)).toHaveLength(1);

  server.unserve(runs);
  crds.delete('workflows.argoproj.io');
  await untilSettled(clock, 'Workflow not-installed');
  expect(watch!.objects.list(workflow)).toEqual([]);
});

/** Lets the clock go on until a state is reached. */
async function untilSettled(clock: ManualClock, state: string): Promise<void> {
  await until(state, () => {
    if (!states().includes(state)) {
      clock.advance(1);
    }
    return states().includes(state);
  });
}

it('changes over to the version that becomes the preferred one', async () => {
  const old = server.serve(workflows);
  old.put({ name: 'run' });
  watchCluster();
  await until('live', () => states().includes('Workflow live'));
  const fresh = server.serve({ ...workflows, version: 'v1' });
  fresh.put({ name: 'run' });
  crds.put({ name: 'workflows.argoproj.io' });
  await until('v1', () => watch!.kindStates()[0].version === 'v1');
  await until('live', () => states().includes('Workflow live'));
  await until('the old watch ends', () => old.watchers.size === 0);
  expect(watch!.objects.list(workflow)).toMatchObject([
    { apiVersion: 'argoproj.io/v1' },
  ]);
  server.unserve(old);
  server.unserve(fresh);
});

it('says of an unreachable cluster that it is stale, and joins when it is back', async () => {
  await server.stop();
  watchCluster();
  await until('stale', () =>
    watch!.kindStates().every(({ state }) => state === 'stale'),
  );
  expect(watch!.kindStates()[0].reason).toMatch(/cannot be reached/);
  await until('the log', () => logger.warn.mock.calls.length > 0);
  expect(logger.warn.mock.calls.join()).toMatch(
    /^Cluster local: Workflow, Deployment stale \(API server cannot be reached/,
  );
  await server.start();
  await until('live', () => states().includes('Deployment live'));
});

it('wakes all kinds when one of them reaches the API server again', async () => {
  const clock = new ManualClock();
  // Pauses of different lengths, of which only the shortest is waited for.
  let chance = 0;
  clock.random = () => {
    chance = (chance + 0.09) % 1;
    return chance;
  };
  const kinds = Array.from({ length: 10 }, (_, number) => ({
    ...deployment,
    labelSelector: `number=${number}`,
  }));
  watchCluster(clock, kinds);
  const count = (state: string) =>
    watch!.kindStates().filter(kind => kind.state === state).length;
  await until('live', () => count('live') === 10);
  await server.stop();
  await until('stale', () => count('stale') === 10);
  await server.start();
  await until('the first is live', () => {
    if (count('live') === 0) {
      clock.advance(1);
    }
    return count('live') > 0;
  });
  const first = clock.monotonic();
  await until('all are live', () => count('live') === 10);
  expect(clock.monotonic()).toBe(first);
});

it('tells what changed once per tick, and that states changed', async () => {
  watchCluster();
  await until('live', () => states().includes('Deployment live'));
  await until('announced', () => batches.some(({ states: s }) => s));
  batches.length = 0;
  const latest = [1, 2, 3].map(
    replicas => apps.put({ name: 'shop', spec: { replicas } }).metadata,
  );
  await until('announced', () => batches.length > 0);
  await new Promise(resolve => setTimeout(resolve, 50));
  const last = batches.at(-1)!.changes.at(-1)!;
  expect(last.object.metadata.resourceVersion).toBe(latest[2].resourceVersion);
  for (const { changes } of batches) {
    const uids = changes.map(({ object }) => object.metadata.uid);
    expect(new Set(uids).size).toBe(uids.length);
  }
  expect(contents(watch!.objects.list(deployment))).toEqual(
    contents(apps.objects.values()),
  );
});

it('leaves no connection and no request behind when it is stopped', async () => {
  watchCluster();
  await until('live', () => states().includes('Deployment live'));
  await watch!.stop();
  await until('no connection', () => server.openConnections === 0);
  const before = server.urls.length;
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(server.urls).toHaveLength(before);
});

it('watches a kind once for all who ask, and keeps nothing that one of them drops', async () => {
  const drop = (field: string): KindRef => ({
    ...deployment,
    trim: object => ({ ...object, [field]: undefined }),
  });
  apps.put({ name: 'secretive', spec: { a: 'canary' }, status: 'canary' });
  const { objects } = watchCluster(fastClock(20), [
    drop('spec'),
    deployment,
    drop('status'),
  ]);
  await until('live', () => `${states()}` === 'Deployment live');
  const kept = objects.get(deployment, 'secretive');
  expect(kept).toBeDefined();
  expect(JSON.stringify(kept)).not.toContain('canary');
});
