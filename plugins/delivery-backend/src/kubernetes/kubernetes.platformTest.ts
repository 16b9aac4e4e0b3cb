import { LoggerService } from '@backstage/backend-plugin-api';
import { rename, writeFile } from 'node:fs/promises';
import { KubeConfigAccess } from './access/kubeConfigAccess';
import { createClusterWatch, MeasuredClusterWatch } from './createClusterWatch';
import { HttpTransport } from './KubeTransport';
import { KindRef, KubernetesObject } from './types';
import { systemClock } from './clock';
import { watchResource, WatchEvent } from './watchResource';
import { contents } from './__testing__/kinds';
import { RealCluster } from './__testing__/RealCluster';
import { until } from './__testing__/until';

/** Against a real API server; the suite `platform` starts one. */
const labels = { 'kubernetes-room/test': 'true' };
const configMap: KindRef = {
  group: '',
  kind: 'ConfigMap',
  labelSelector: 'kubernetes-room/test=true',
};

const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

let cluster: RealCluster;
let configMaps: string;
const watches: MeasuredClusterWatch[] = [];

beforeAll(async () => {
  cluster = await RealCluster.connect();
  configMaps = `/api/v1/namespaces/${cluster.namespace}/configmaps`;
});

afterEach(async () => {
  cluster.link.mend();
  await Promise.all(watches.splice(0).map(watch => watch.stop()));
});

afterAll(() => cluster?.close());

function watchCluster(file: string, kinds: KindRef[]): MeasuredClusterWatch {
  const watch = createClusterWatch({
    name: 'test',
    kinds,
    transport: new HttpTransport(new KubeConfigAccess({ file })),
    logger: silent,
  });
  watches.push(watch);
  watch.start();
  return watch;
}

async function untilStates(
  watch: MeasuredClusterWatch,
  states: string[],
  ms = 10_000,
): Promise<void> {
  const current = () => watch.kindStates().map(({ state }) => state);
  await until(`states ${states}`, () => `${current()}` === `${states}`, ms);
}

async function put(name: string, fields: object = {}): Promise<any> {
  return cluster.send('POST', configMaps, {
    metadata: { name, labels },
    ...fields,
  });
}

async function untilSeen(
  watch: MeasuredClusterWatch,
  name: string,
): Promise<void> {
  await until(
    `${name} is seen`,
    () => watch.objects.get(configMap, name, cluster.namespace) !== undefined,
  );
}

async function untilEqualToAList(watch: MeasuredClusterWatch): Promise<void> {
  const { items } = await cluster.send(
    'GET',
    `${configMaps}?labelSelector=${encodeURIComponent(
      configMap.labelSelector!,
    )}`,
  );
  const expected = contents(items as KubernetesObject[]).join();
  await until(
    'equal to a fresh list',
    () =>
      contents(watch.objects.list(configMap, cluster.namespace)).join() ===
      expected,
  );
}

it('follows creation, change and deletion within milliseconds', async () => {
  const watch = watchCluster(await cluster.writeKubeconfig('follow'), [
    configMap,
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
  await cluster.send('PATCH', `${configMaps}/follow-0`, { data: { a: 'b' } });
  await cluster.send('DELETE', `${configMaps}/follow-1`);
  await untilEqualToAList(watch);
  const object = watch.objects.get(configMap, 'follow-0', cluster.namespace)!;
  expect(object).toMatchObject({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { a: 'b' },
  });
  expect(object.metadata).not.toHaveProperty('managedFields');
  expect(watch.statistics()[0]).toMatchObject({ lists: 1, watches: 1 });
});

it('loses nothing while connections break, without another list', async () => {
  const watch = watchCluster(await cluster.writeKubeconfig('broken'), [
    configMap,
  ]);
  await untilStates(watch, ['live']);
  for (let number = 0; number < 20; number += 1) {
    cluster.link.break();
    await put(`broken-${number}`);
    if (number % 2) {
      await cluster.send('DELETE', `${configMaps}/broken-${number - 1}`);
    }
  }
  cluster.link.cut();
  await untilStates(watch, ['stale']);
  await cluster.send('DELETE', `${configMaps}/broken-19`);
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
  const watch = watchCluster(await cluster.writeKubeconfig('secret'), [secret]);
  await untilStates(watch, ['live']);
  await cluster.send(
    'PATCH',
    `/api/v1/namespaces/${cluster.namespace}/secrets/canary`,
    { metadata: { labels } },
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

describe('with an account of its own', () => {
  const api = '/apis/rbac.authorization.k8s.io/v1';

  async function newAccount(name: string): Promise<() => Promise<string>> {
    const accounts = `/api/v1/namespaces/${cluster.namespace}/serviceaccounts`;
    await cluster.send('POST', accounts, { metadata: { name } });
    return async () => {
      const { status } = await cluster.send(
        'POST',
        `${accounts}/${name}/token`,
        { spec: { expirationSeconds: 600 } },
      );
      return status.token;
    };
  }

  async function allow(name: string): Promise<void> {
    const { namespace } = cluster;
    await cluster.send('POST', `${api}/namespaces/${namespace}/roles`, {
      metadata: { name },
      rules: [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          verbs: ['list', 'watch'],
        },
      ],
    });
    await cluster.send('POST', `${api}/namespaces/${namespace}/rolebindings`, {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
  }

  it('is forbidden until it is allowed, and revocation is noticed', async () => {
    const token = await newAccount('reader');
    const file = await cluster.writeKubeconfig('reader', {
      token: await token(),
    });
    const own = { ...configMap, namespace: cluster.namespace };
    const watch = watchCluster(file, [own]);
    await untilStates(watch, ['forbidden']);
    expect(watch.kindStates()[0].reason).toMatch(
      /API server answers 403: configmaps is forbidden: User "system:serviceaccount:/,
    );
    await allow('reader');
    await untilStates(watch, ['live'], 35_000);

    await cluster.send(
      'DELETE',
      `${api}/namespaces/${cluster.namespace}/rolebindings/reader`,
    );
    cluster.link.break();
    await untilStates(watch, ['forbidden']);
  });

  it('joins when its kubeconfig appears, and goes on when its token is replaced', async () => {
    const token = await newAccount('rotating');
    await allow('rotating');
    const own = { ...configMap, namespace: cluster.namespace };
    const watch = watchCluster(cluster.file('later'), [own]);
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
    await writeFile(cluster.file('token'), `${await token()}\n`);
    await untilStates(watch, ['live'], 35_000);
    await put('after-rotation');
    await untilEqualToAList(watch);
  });
});

describe('a kind of its own', () => {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  let thing: KindRef;
  let things: string;

  beforeAll(() => {
    thing = { group: `${cluster.namespace}.example.com`, kind: 'Thing' };
    things = `/apis/${thing.group}/v1alpha1/namespaces/${cluster.namespace}/things`;
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

  afterEach(() => uninstall().catch(() => {}));

  const create = (name: string) =>
    cluster.send('POST', things, {
      apiVersion: `${thing.group}/v1alpha1`,
      kind: 'Thing',
      metadata: { name },
    });

  const names = (watch: MeasuredClusterWatch) =>
    watch.objects.list(thing).map(({ metadata }) => metadata.name);

  it('is followed through installation, another version and removal', async () => {
    const watch = watchCluster(await cluster.writeKubeconfig('kinds'), [thing]);
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
        versions: [
          version('v1', true, true),
          version('v1alpha1', false, false),
        ],
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
    const file = await cluster.writeKubeconfig('expired');
    const watch = watchCluster(file, [thing]);
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
});
