import { KubeConfigAccess } from './access/kubeConfigAccess';
import { systemClock } from './clock';
import { HttpTransport } from './KubeTransport';
import { ClusterWatch, KindRef } from './types';
import { watchResource, WatchEvent } from './watchResource';
import { RealCluster, untilStates } from './__testing__/RealCluster';
import { until } from './__testing__/until';
import { WatcherAccount } from './__testing__/WatcherAccount';

/** Against a real API server, with a kind of its own; the suite `platform` starts one. */
let cluster: RealCluster;
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
let thing: KindRef;
let things: string;
/** Who reads what the plugin's account may, and the kind. */
let user: { token: string };

beforeAll(async () => {
  cluster = await RealCluster.connect();
  thing = { group: `${cluster.namespace}.example.com`, kind: 'Thing' };
  things = `/apis/${thing.group}/v1alpha1/namespaces/${cluster.namespace}/things`;
  const account = new WatcherAccount(cluster, 'watcher');
  await account.create();
  await account.allowReading();
  await account.allow(`things.${thing.group}`);
  user = { token: await account.token() };
});

const version = (name: string, served: boolean, storage: boolean) => ({
  name,
  served,
  storage,
  schema: {
    openAPIV3Schema: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    },
  },
});

async function install(): Promise<void> {
  await cluster.send('POST', definitions, {
    metadata: { name: `things.${thing.group}` },
    spec: {
      group: thing.group,
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: [version('v1alpha1', true, true)],
    },
  });
}

const uninstall = () =>
  cluster.send('DELETE', `${definitions}/things.${thing.group}`);

afterEach(async () => {
  await cluster.release();
  // A test may have removed it itself.
  await uninstall().catch(() => {});
});

afterAll(() => cluster?.close());

const create = (name: string) =>
  cluster.send('POST', things, {
    apiVersion: `${thing.group}/v1alpha1`,
    kind: 'Thing',
    metadata: { name },
  });

const names = (watch: ClusterWatch) =>
  watch.objects.list(thing).map(({ metadata }) => metadata.name);

it('is followed through installation, another version and removal', async () => {
  const file = await cluster.writeKubeconfig('kinds', user);
  const watch = cluster.watch(file, [thing]);
  await untilStates(watch, ['not-installed']);
  await install();
  const installed = performance.now();
  await untilStates(watch, ['live'], 15_000);
  console.log(
    `definition to live: ${Math.round(performance.now() - installed)} ms`,
  );
  await create('one');
  await until('the object', () => `${names(watch)}` === 'one');

  await cluster.send('PATCH', `${definitions}/things.${thing.group}`, {
    spec: {
      versions: [version('v1', true, true), version('v1alpha1', false, false)],
    },
  });
  const changed = performance.now();
  await until('v1', () => watch.kindStates()[0].version === 'v1', 90_000);
  await untilStates(watch, ['live']);
  console.log(
    `other version to live: ${Math.round(performance.now() - changed)} ms`,
  );
  expect(watch.objects.list(thing)[0].apiVersion).toBe(`${thing.group}/v1`);

  await uninstall();
  await untilStates(watch, ['not-installed'], 30_000);
  expect(names(watch)).toEqual([]);
});

it('is listed again when the API server has forgotten our version (410)', async () => {
  await install();
  const file = await cluster.writeKubeconfig('expired', user);
  const watch = cluster.watch(file, [thing]);
  await untilStates(watch, ['live'], 15_000);
  await create('old');
  await until('the object', () => `${names(watch)}` === 'old');

  cluster.link.cut();
  await uninstall();
  await until('stale', () => watch.kindStates()[0].state === 'stale', 10_000);
  await untilInstalledAgain();
  await create('new');
  cluster.link.mend();
  await until('the new object', () => `${names(watch)}` === 'new', 35_000);
  await untilStates(watch, ['live']);

  // The history of the new definition begins after our version: that is what 410 means.
  const transport = new HttpTransport(new KubeConfigAccess({ file }));
  const events: WatchEvent[] = [];
  for await (const event of watchResource({
    transport,
    clock: systemClock,
    path: `${things}?watch=1&resourceVersion=1`,
    signal: AbortSignal.timeout(10_000),
  })) {
    events.push(event);
  }
  transport.close();
  expect(events).toMatchObject([
    { type: 'ERROR', error: { failure: 'status', status: 410 } },
  ]);
});

async function untilInstalledAgain(): Promise<void> {
  const attempt = async (what: () => Promise<unknown>) => {
    const deadline = Date.now() + 15_000;
    for (;;) {
      try {
        return await what();
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
  };
  // The old definition takes a moment to go, and the new one to be served.
  await attempt(install);
  await attempt(() => cluster.send('GET', things));
}
