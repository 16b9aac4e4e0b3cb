import { administrator, AnyObject } from '../__testUtils__/administrator';
import { eventually } from '../__testUtils__/portal';
import { applicationManifest, Component } from './application';

jest.setTimeout(180_000);

/*
 * What KubeVela and the definitions of `platform/kubevela` make of the manifests, without
 * Git and Argo CD in between: two applications that share the namespace of their team.
 */
const platform = process.env.DELIVERY_PLATFORM_DIR ?? '';
const namespace = `apps-${Date.now().toString(36)}`;
const names = ['cart', 'shop'];

let cluster: Awaited<ReturnType<typeof administrator>>;

interface Change {
  tag?: string;
  replicas?: number;
  env?: Record<string, string>;
}

/** With an image, and so without the hook that keeps Argo CD from applying it. */
function manifestOf(name: string, { tag = 'one', replicas, env }: Change = {}) {
  const components: Component[] = [
    { type: 'service', image: 'registry/image', port: 8080, replicas, env },
    { type: 'table', region: 'us-west-2', partitionKey: 'id' },
    { type: 'iam', clusterName: 'spoke' },
    { type: 'ingress', domain: `${name}.apps.localhost`, path: '/' },
  ];
  const manifest: any = applicationManifest({
    name,
    environment: 'dev',
    components,
  });
  delete manifest.metadata.annotations['argocd.argoproj.io/hook'];
  manifest.metadata.namespace = namespace;
  manifest.spec.components[0].properties.image = `registry/image:${tag}`;
  return manifest;
}

const deploymentOf = async (name: string): Promise<AnyObject['spec']> =>
  (await cluster.get('apps', 'v1', namespace, 'deployments', name))?.spec;

async function untilRunning(name: string): Promise<AnyObject> {
  let last: AnyObject | undefined;
  return eventually(
    `${name} runs`,
    async () => {
      last = await cluster.get(
        'core.oam.dev',
        'v1beta1',
        namespace,
        'applications',
        name,
      );
      const { generation }: any = last?.metadata ?? {};
      const { status, observedGeneration } = last?.status ?? {};
      return status === 'running' && observedGeneration === generation
        ? last
        : undefined;
    },
    90,
    () => last?.status,
  );
}

beforeAll(async () => {
  cluster = await administrator(platform);
  await cluster.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  await Promise.all(names.map(name => cluster.apply(manifestOf(name))));
  await Promise.all(names.map(untilRunning));
});

afterAll(async () => {
  await Promise.all(names.map(name => cluster?.delete(manifestOf(name))));
});

it('gives each application the rights to its own table, and no other pod', async () => {
  const associations = await cluster.list(
    'eks.services.k8s.aws/v1alpha1',
    'PodIdentityAssociation',
    namespace,
  );
  // EKS takes one association for a cluster, namespace and account.
  expect(
    associations
      .map(({ spec }) => [spec.serviceAccount, spec.roleRef.from.name])
      .sort(),
  ).toEqual([
    ['cart', 'cart-table'],
    ['shop', 'shop-table'],
  ]);
  const accounts = await cluster.list('v1', 'ServiceAccount', namespace);
  expect(accounts.map(({ metadata }) => metadata.name).sort()).toEqual([
    'cart',
    'default',
    'shop',
  ]);
  const pods = await cluster.list('v1', 'Pod', namespace);
  expect(
    pods
      .map(({ metadata, spec }) => [
        metadata.labels?.app,
        spec.serviceAccountName,
      ])
      .sort(),
  ).toEqual([
    ['cart', 'cart'],
    ['shop', 'shop'],
  ]);
});

it('starts the pods of a service when it may use its table', async () => {
  const at = (object: AnyObject) =>
    Date.parse(object.metadata.creationTimestamp ?? '');
  for (const name of names) {
    const [association] = (
      await cluster.list(
        'eks.services.k8s.aws/v1alpha1',
        'PodIdentityAssociation',
        namespace,
      )
    ).filter(({ spec }) => spec.serviceAccount === name);
    const synced = association.status.conditions.find(
      ({ type }: { type: string }) => type === 'ACK.ResourceSynced',
    );
    const [pod] = (await cluster.list('v1', 'Pod', namespace)).filter(
      ({ metadata }) => metadata.labels?.app === name,
    );
    // Kubernetes notes whole seconds.
    expect(at(pod) + 1_000).toBeGreaterThan(
      Date.parse(synced.lastTransitionTime),
    );
  }
});

it('publishes at the whole of a domain', async () => {
  const ingress = await cluster.get(
    'networking.k8s.io',
    'v1',
    namespace,
    'ingresses',
    'shop',
  );
  const [{ host, http }] = ingress?.spec.rules;
  expect([
    host,
    ...http.paths.map(({ path }: { path: string }) => path),
  ]).toEqual(['shop.apps.localhost', '/()(.*)']);
});

it('makes no table that is not named after the application, and gives no rights to one', async () => {
  const refused = ['*', 'shop-dev', 'bad2x', 'bad3-*'].map((table, index) => {
    const manifest = manifestOf(`bad${index}`);
    manifest.spec.components = [manifest.spec.components[1]];
    manifest.spec.components[0].properties.name = table;
    return manifest;
  });
  await Promise.all(refused.map(manifest => cluster.apply(manifest)));
  const firstStep = async (name: string) =>
    (
      await cluster.get(
        'core.oam.dev',
        'v1beta1',
        namespace,
        'applications',
        name,
      )
    )?.status?.workflow?.steps?.[0];
  for (const { metadata, spec } of refused) {
    const { name } = spec.components[0].properties;
    const message = await eventually(
      `the table ${name} refused`,
      async () => (await firstStep(metadata.name))?.message,
      60,
      () => name,
    );
    expect(message).toContain(`invalid value "${name}" (out of bound =~`);
  }
  const made = await Promise.all(
    [
      ['dynamodb.services.k8s.aws/v1alpha1', 'Table'],
      ['iam.services.k8s.aws/v1alpha1', 'Policy'],
    ].map(([apiVersion, kind]) => cluster.list(apiVersion, kind, namespace)),
  );
  expect(made.flat().map(({ metadata }) => metadata.name)).toEqual([
    'cart-table',
    'shop-table',
    'cart-table',
    'shop-table',
  ]);
  await Promise.all(refused.map(manifest => cluster.delete(manifest)));
});

describe('without a version to publish', () => {
  it.each<[string, Change, (spec: AnyObject['spec']) => unknown]>([
    [
      'an image',
      { tag: 'two' },
      spec => spec.template.spec.containers[0].image === 'registry/image:two',
    ],
    [
      'replicas alone',
      { tag: 'two', replicas: 2 },
      spec => spec.replicas === 2,
    ],
    [
      'an environment variable alone',
      { tag: 'two', replicas: 2, env: { LOG_LEVEL: 'debug' } },
      spec =>
        JSON.stringify(spec.template.spec.containers[0].env).includes('debug'),
    ],
    [
      'a way back to what was there before',
      { tag: 'one' },
      spec =>
        spec.template.spec.containers[0].image === 'registry/image:one' &&
        spec.replicas === 1,
    ],
  ])('rolls out %s', async (_, change, isThere) => {
    await cluster.apply(manifestOf('shop', change));
    await eventually(
      'the Deployment has it',
      async () => (isThere(await deploymentOf('shop')) ? true : undefined),
      60,
      () => change,
    );
    const { status } = await untilRunning('shop');
    expect(
      status.services.map(({ healthy }: { healthy: boolean }) => healthy),
    ).toEqual([true, true]);
  });
});
