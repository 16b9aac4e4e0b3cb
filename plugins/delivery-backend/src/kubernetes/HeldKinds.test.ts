import { mockServices } from '@backstage/backend-test-utils';
import { createClusterWatch } from './createClusterWatch';
import { HttpTransport } from './KubeTransport';
import { ClusterWatch, KindRef } from './types';
import { ManualClock } from './__testing__/clocks';
import { FakeApiServer } from './__testing__/FakeApiServer';
import { FakeResource } from './__testing__/FakeResource';
import { definitions, deployments, workflows } from './__testing__/kinds';
import { until } from './__testing__/until';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

const workflow: KindRef = { group: 'argoproj.io', kind: 'Workflow' };
const deployment: KindRef = { group: 'apps', kind: 'Deployment' };
const LINGER_MS = 60_000;

let server: FakeApiServer;
let crds: FakeResource;
let apps: FakeResource;
let runs: FakeResource;
let clock: ManualClock;
let watch: ClusterWatch;

beforeEach(async () => {
  server = new FakeApiServer();
  crds = server.serve(definitions);
  apps = server.serve(deployments);
  runs = server.serve(workflows);
  apps.put({ name: 'shop', spec: { replicas: 1, token: 'canary' } });
  await server.start();
  clock = new ManualClock();
  watch = createClusterWatch({
    name: 'local',
    transport: new HttpTransport(server.access()),
    logger: mockServices.logger.mock(),
    clock,
    lingerMs: LINGER_MS,
  });
  watch.start();
});

afterEach(async () => {
  await watch.stop();
  await server.stop();
});

const states = () =>
  watch.kindStates().map(({ kind, state }) => `${kind} ${state}`);

const untilStates = (...expected: string[]) =>
  until(expected.join(), () => `${states()}` === `${expected}`);

const watchers = () => ({
  crds: crds.watchers.size,
  apps: apps.watchers.size,
  runs: runs.watchers.size,
});

it('watches what is held, once however many hold it, and nothing else', async () => {
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(server.urls).toEqual([]);

  const first = watch.acquire([deployment]);
  expect(states()).toEqual(['Deployment syncing']);
  const second = watch.acquire([deployment, { ...deployment }]);
  await untilStates('Deployment live');
  await until('definitions are watched', () => watchers().crds === 1);
  expect(watchers()).toEqual({ crds: 1, apps: 1, runs: 0 });
  expect(watch.statistics()).toMatchObject([
    { kind: 'Deployment', holders: 2 },
  ]);

  // A kind that nobody named before joins while the others go on.
  const third = watch.acquire([workflow]);
  await untilStates('Deployment live', 'Workflow live');
  expect(server.requests).toMatchObject({ list: 0, watch: 3 });

  [first, first, third].forEach(release => release());
  clock.advance(LINGER_MS);
  await until('the end of one watch', () => watchers().runs === 0);
  expect(states()).toEqual(['Deployment live']);
  second();
  clock.advance(LINGER_MS);
  await until('the end of all', () => watchers().apps + watchers().crds === 0);
  expect(states()).toEqual([]);
});

it('keeps a kind for a while after its last holder, then drops its objects', async () => {
  const changes: string[] = [];
  watch.subscribe(batch =>
    changes.push(
      ...batch.changes.map(
        ({ type, object }) => `${type} ${object.metadata.name}`,
      ),
    ),
  );
  const release = watch.acquire([deployment]);
  await untilStates('Deployment live');
  release();
  clock.advance(LINGER_MS - 1);
  apps.put({ name: 'late' });
  await until(
    'still watched',
    () => watch.objects.list(deployment).length === 2,
  );
  expect(watch.statistics()).toMatchObject([{ holders: 0, objects: 2 }]);

  const again = watch.acquire([deployment]);
  clock.advance(LINGER_MS);
  expect(states()).toEqual(['Deployment live']);
  expect(watch.statistics()).toMatchObject([{ lists: 1, watches: 1 }]);

  again();
  changes.length = 0;
  clock.advance(LINGER_MS);
  expect(watch.objects.list(deployment)).toEqual([]);
  expect(watch.objects.byLabel('any', 'thing')).toEqual([]);
  await until('told', () => changes.length === 2);
  expect(changes).toEqual(['delete shop', 'delete late']);

  // A watch that begins anew knows nothing of the one before.
  watch.acquire([deployment]);
  expect(states()).toEqual(['Deployment syncing']);
  await untilStates('Deployment live');
  expect(watch.objects.list(deployment)).toHaveLength(2);
});

it('keeps nothing that any holder drops, also of objects that are there already', async () => {
  watch.acquire([deployment]);
  await untilStates('Deployment live');
  const kept = () => JSON.stringify(watch.objects.list(deployment));
  const before = watch.objects.get(deployment, 'shop');
  expect(kept()).toContain('canary');

  const trim = (object: any) => {
    delete object.spec.token;
    return object;
  };
  const release = watch.acquire([{ ...deployment, trim }]);
  expect(kept()).not.toContain('canary');
  expect(kept()).toContain('replicas');
  // Whoever holds an object may rely on it.
  expect(JSON.stringify(before)).toContain('canary');

  release();
  apps.put({ name: 'next', spec: { replicas: 2, token: 'canary' } });
  await until('the next', () => kept().includes('next'));
  expect(kept()).not.toContain('canary');
  // Its trim fails on this: only metadata are kept.
  apps.put({ name: 'odd', status: 'canary' });
  await until('the odd one', () => kept().includes('odd'));
  expect(kept()).not.toContain('canary');
});

it('says of each kind what it holds and costs', async () => {
  watch.acquire([deployment, { group: 'a.b', kind: 'Missing' }]);
  await untilStates('Deployment live', 'Missing not-installed');
  clock.advance(5_000);
  apps.put({ name: 'other' });
  await until('the event', () => watch.statistics()[0].events === 1);
  clock.advance(5_000);
  expect(watch.statistics()).toEqual([
    {
      group: 'apps',
      kind: 'Deployment',
      version: 'v1',
      state: 'live',
      since: new Date('2026-11-24T00:00:00Z'),
      holders: 1,
      objects: 2,
      lists: 1,
      watches: 1,
      events: 1,
      lastEventAt: new Date('2026-11-24T00:00:05Z'),
    },
    {
      group: 'a.b',
      kind: 'Missing',
      version: undefined,
      state: 'not-installed',
      since: expect.any(Date),
      holders: 1,
      objects: 0,
      lists: 0,
      watches: 0,
      events: 0,
    },
  ]);
});

it('watches what is held when it is stopped and started again', async () => {
  const release = watch.acquire([deployment]);
  await untilStates('Deployment live');
  await watch.stop();
  await until('no watch', () => watchers().apps + watchers().crds === 0);
  apps.put({ name: 'meanwhile' });
  watch.start();
  await until('caught up', () => watch.objects.list(deployment).length === 2);
  await watch.stop();
  release();
  expect(watch.kindStates()).toEqual([]);
  expect(clock.pending).toEqual([]);
});

it('announces objects only of a kind whose states are no news to anybody', async () => {
  const batches: boolean[] = [];
  const names: string[] = [];
  const inNamespace = { ...deployment, namespace: 'shop', unannounced: true };
  apps.put({ name: 'shop', namespace: 'shop' });
  watch.subscribe(({ states: isAnnounced, changes }) => {
    batches.push(isAnnounced);
    names.push(...changes.map(({ object }) => object.metadata.name));
  });
  const release = watch.acquire([inNamespace]);
  await until('its object is there', () => names.includes('shop'));
  await untilStates('Deployment live');
  release();
  clock.advance(LINGER_MS);
  expect(states()).toEqual([]);
  await until('it is gone', () => names.length === 2);
  expect(new Set(batches)).toEqual(new Set([false]));

  watch.acquire([deployment]);
  await until('that of others is announced', () => batches.includes(true));
});
