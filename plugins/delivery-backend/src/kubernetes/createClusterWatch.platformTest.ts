import { rename, writeFile } from 'node:fs/promises';
import { ClusterWatch, KindRef, KubernetesObject } from './types';
import { contents } from './__testing__/kinds';
import { RealCluster, untilStates } from './__testing__/RealCluster';
import { until } from './__testing__/until';

/** Against a real API server; the suite `platform` starts one. */
const labels = { 'kubernetes-room/test': 'true' };
const configMap: KindRef = {
  group: '',
  kind: 'ConfigMap',
  labelSelector: 'kubernetes-room/test=true',
};

let cluster: RealCluster;
let configMaps: string;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  configMaps = `/api/v1/namespaces/${cluster.namespace}/configmaps`;
});

afterEach(() => cluster.release());

afterAll(() => cluster?.close());

async function put(name: string, fields: object = {}): Promise<any> {
  return cluster.send('POST', configMaps, {
    metadata: { name, labels },
    ...fields,
  });
}

async function untilSeen(watch: ClusterWatch, name: string): Promise<void> {
  await until(
    `${name} is seen`,
    () => watch.objects.get(configMap, name, cluster.namespace) !== undefined,
  );
}

async function untilEqualToAList(watch: ClusterWatch): Promise<void> {
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
  const watch = cluster.watch(await cluster.writeKubeconfig('follow'), [
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
  const watch = cluster.watch(await cluster.writeKubeconfig('broken'), [
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
  const watch = cluster.watch(await cluster.writeKubeconfig('secret'), [
    secret,
  ]);
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
    const watch = cluster.watch(file, [own]);
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
    const watch = cluster.watch(cluster.file('later'), [own]);
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
