import { rename, writeFile } from 'node:fs/promises';
import { ClusterWatch, KindRef, KubernetesObject } from './types';
import { contents } from './__testing__/kinds';
import { RealCluster, untilStates } from './__testing__/RealCluster';
import { testWorkflows } from './__testing__/testWorkflows';
import { until } from './__testing__/until';
import { WatcherAccount } from './__testing__/WatcherAccount';

/** Against a real API server; the suite `platform` starts one. */
const WORKFLOWS = 'workflows.argoproj.io';

let cluster: RealCluster;
let test: ReturnType<typeof testWorkflows>;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  test = testWorkflows(cluster.namespace, cluster.namespace);
});

afterEach(() => cluster.release());

afterAll(() => cluster?.close());

async function put(name: string): Promise<any> {
  return cluster.send('POST', test.collection, test.workflow(name, 'first'));
}

async function untilSeen(watch: ClusterWatch, name: string): Promise<void> {
  await until(
    `${name} is seen`,
    () => watch.objects.get(test.kind, name, cluster.namespace) !== undefined,
  );
}

async function untilEqualToAList(watch: ClusterWatch): Promise<void> {
  const { items } = await cluster.send('GET', test.collection);
  const expected = contents(items as KubernetesObject[]).join();
  await until(
    'equal to a fresh list',
    () => contents(watch.objects.list(test.kind)).join() === expected,
  );
}

it('follows creation, change and deletion within milliseconds', async () => {
  const watch = cluster.watch(await cluster.writeKubeconfig('follow'), [
    test.kind,
  ]);
  await untilStates(watch, ['live']);
  const delays: number[] = [];
  for (let number = 0; number < 30; number += 1) {
    const began = performance.now();
    await put(`follow-${number}`);
    await untilSeen(watch, `follow-${number}`);
    delays.push(performance.now() - began);
  }
  delays.sort((a, b) => a - b);
  console.log(
    `request to store: p50 ${delays[15].toFixed(
      1,
    )} ms, max ${delays[29].toFixed(1)} ms`,
  );
  await cluster.send('PATCH', `${test.collection}/follow-0`, {
    spec: { entrypoint: 'second' },
  });
  await cluster.send('DELETE', `${test.collection}/follow-1`);
  await untilEqualToAList(watch);
  const object = watch.objects.get(test.kind, 'follow-0', cluster.namespace)!;
  expect(object).toMatchObject({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    spec: { entrypoint: 'second' },
  });
  expect(object.metadata).not.toHaveProperty('managedFields');
  expect(watch.statistics()[0]).toMatchObject({ lists: 1, watches: 1 });
});

it('loses nothing while connections break, without another list', async () => {
  const watch = cluster.watch(await cluster.writeKubeconfig('broken'), [
    test.kind,
  ]);
  await untilStates(watch, ['live']);
  for (let number = 0; number < 20; number += 1) {
    cluster.link.break();
    await put(`broken-${number}`);
    if (number % 2) {
      await cluster.send('DELETE', `${test.collection}/broken-${number - 1}`);
    }
  }
  cluster.link.cut();
  await untilStates(watch, ['stale']);
  await cluster.send('DELETE', `${test.collection}/broken-19`);
  cluster.link.mend();
  await untilStates(watch, ['live'], 35_000);
  await untilEqualToAList(watch);
  expect(watch.statistics()[0].lists).toBe(1);
});

it('keeps no content of a Secret', async () => {
  await cluster.send(
    'POST',
    `/api/v1/namespaces/${cluster.namespace}/secrets`,
    {
      metadata: { name: 'canary' },
      stringData: { password: 'canary-in-a-secret' },
    },
  );
  const secret: KindRef = {
    group: '',
    kind: 'Secret',
    namespace: cluster.namespace,
  };
  const account = new WatcherAccount(cluster, 'careless');
  await account.create();
  // No account of the plugin may; somebody may give it more than it asks for.
  await account.allow('secrets');
  const file = await cluster.writeKubeconfig('secret', {
    token: await account.token(),
  });
  const watch = cluster.watch(file, [secret]);
  await untilStates(watch, ['live']);
  await cluster.send(
    'PATCH',
    `/api/v1/namespaces/${cluster.namespace}/secrets/canary`,
    { metadata: { labels: { 'kubernetes-room/test': 'true' } } },
  );
  await until(
    'the label',
    () => watch.objects.byLabel('kubernetes-room/test', 'true').length === 1,
  );
  expect(Object.keys(watch.objects.list(secret)[0])).toEqual([
    'apiVersion',
    'kind',
    'metadata',
  ]);
});

it('is forbidden until it is allowed, and revocation is noticed', async () => {
  const account = new WatcherAccount(cluster, 'allowed-later');
  await account.create();
  const file = await cluster.writeKubeconfig('reader', {
    token: await account.token(),
  });
  const watch = cluster.watch(file, [test.kind]);
  await untilStates(watch, ['forbidden']);
  expect(watch.kindStates()[0].reason).toMatch(
    /API server answers 403: workflows.argoproj.io is forbidden: User "system:serviceaccount:/,
  );
  await account.allowReading();
  await untilStates(watch, ['live'], 35_000);

  await account.forbidReading();
  await until('it may not', async () => !(await account.may(WORKFLOWS)));
  cluster.link.break();
  await untilStates(watch, ['forbidden'], 15_000);
});

it('joins when its kubeconfig appears, and goes on when its token is replaced', async () => {
  const account = new WatcherAccount(cluster, 'rotating');
  await account.create();
  await account.allowReading();
  const watch = cluster.watch(cluster.file('later'), [test.kind]);
  await untilStates(watch, ['stale']);
  expect(watch.kindStates()[0].reason).toMatch(/does not exist \(yet\)$/);

  await writeFile(cluster.file('token'), 'not-a-token\n');
  await rename(
    await cluster.writeKubeconfig('made', { tokenFile: 'token' }),
    cluster.file('later'),
  );
  await until(
    'refused',
    () => !!watch.kindStates()[0].reason?.includes('401'),
    35_000,
  );
  await writeFile(cluster.file('token'), `${await account.token()}\n`);
  await untilStates(watch, ['live'], 35_000);
  await put('after-rotation');
  await untilEqualToAList(watch);
});
