import { mockServices } from '@backstage/backend-test-utils';
import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import { entity } from '../../__testUtils__/entity';
import {
  createClusterWatch,
  HttpTransport,
  KubeConfigAccess,
} from '../../kubernetes';
import { RealCluster } from '../../kubernetes/__testing__/RealCluster';
import { until } from '../../kubernetes/__testing__/until';
import { WatcherAccount } from '../../kubernetes/__testing__/WatcherAccount';
import { DefaultDeliveryService } from '../../service/DefaultDeliveryService';
import { sources } from '..';

/*
 * Against the real kro: a ResourceGraphDefinition of 35 resources whose kind nobody ever
 * named here, from before it exists to after it changed.
 */
const id = Math.random().toString(36).slice(2, 8);
// kro makes the plural of the last word: a random one may end in "s", "y" or "ch".
const kind = `Probe${id}Pipeline`;
const resourceGroup = `probe${id}.kro.run`;
const graphs = '/apis/kro.run/v1alpha1/resourcegraphdefinitions';

let cluster: RealCluster;
let service: DefaultDeliveryService;
let instances: string;

const meta = (name: string) => ({ name: `\${schema.spec.name}-${name}` });
const policyRules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

type Manifest = { kind: string; [field: string]: unknown };

/** Of every scope and with every odd plural: what is made before the gate. */
const before: Array<[path: string, manifest: Manifest]> = [
  ['api/v1/namespaces/*/serviceaccounts', { kind: 'ServiceAccount' }],
  [
    'api/v1/namespaces/*/limitranges',
    {
      kind: 'LimitRange',
      spec: { limits: [{ type: 'Pod', max: { cpu: '64' } }] },
    },
  ],
  ['api/v1/namespaces/*/endpoints', { kind: 'Endpoints' }],
  [
    'apis/networking.k8s.io/v1/namespaces/*/networkpolicies',
    { kind: 'NetworkPolicy', spec: { podSelector: {} } },
  ],
  [
    'apis/networking.k8s.io/v1/namespaces/*/ingresses',
    {
      kind: 'Ingress',
      spec: {
        defaultBackend: { service: { name: 'a', port: { number: 80 } } },
      },
    },
  ],
  [
    'apis/networking.k8s.io/v1/ingressclasses',
    { kind: 'IngressClass', spec: { controller: 'example.com/none' } },
  ],
  [
    'apis/policy/v1/namespaces/*/poddisruptionbudgets',
    {
      kind: 'PodDisruptionBudget',
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'none' } } },
    },
  ],
  [
    'apis/scheduling.k8s.io/v1/priorityclasses',
    { kind: 'PriorityClass', value: 1 },
  ],
  [
    'apis/rbac.authorization.k8s.io/v1/clusterroles',
    { kind: 'ClusterRole', rules: policyRules },
  ],
  [
    'apis/rbac.authorization.k8s.io/v1/namespaces/*/roles',
    { kind: 'Role', rules: policyRules },
  ],
  [
    'apis/argoproj.io/v1alpha1/namespaces/*/eventbus',
    {
      kind: 'EventBus',
      spec: { jetstreamExotic: { url: 'nats://127.0.0.1:1' } },
    },
  ],
  [
    'apis/argoproj.io/v1alpha1/namespaces/*/workflowtemplates',
    { kind: 'WorkflowTemplate', spec: {} },
  ],
  [
    'apis/ecr.services.k8s.aws/v1alpha1/namespaces/*/repositories',
    { kind: 'Repository', spec: { name: '${schema.spec.name}' } },
  ],
  [
    'api/v1/namespaces/*/secrets',
    { kind: 'Secret', stringData: { password: 'canary-in-graph' } },
  ],
];
const resources: Array<{
  id: string;
  path: string;
  template: Manifest;
  readyWhen?: string[];
}> = [
  ...before.map(([path, manifest], index) => ({
    id: `part${index}`,
    path,
    template: {
      apiVersion: path
        .replace(/^apis?\//, '')
        .replace(/\/(namespaces\/\*\/)?[^/]+$/, ''),
      metadata: meta(`part${index}`),
      ...manifest,
    },
  })),
  {
    id: 'gate',
    path: 'api/v1/namespaces/*/configmaps',
    readyWhen: ['${gate.data.open == "yes"}'],
    template: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta('gate'),
      data: { open: '${schema.spec.open}' },
    },
  },
  ...Array.from({ length: 20 }, (_, index) => ({
    id: `behind${index}`,
    path: 'api/v1/namespaces/*/configmaps',
    template: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta(`behind${index}`),
      data: {
        gate: `\${${index === 0 ? 'gate' : `behind0`}.metadata.name}`,
      },
    },
  })),
];

function graph(extra: object[] = [], conditions?: string[]) {
  return {
    apiVersion: 'kro.run/v1alpha1',
    kind: 'ResourceGraphDefinition',
    metadata: { name: resourceGroup },
    spec: {
      schema: {
        apiVersion: 'v1alpha1',
        kind,
        spec: { name: 'string', open: 'string | default="no"' },
        ...(conditions && { status: { conditions } }),
      },
      resources: [
        ...resources.map(({ path: _, ...resource }) => resource),
        ...extra,
      ],
    },
  };
}

const broken = {
  id: 'broken',
  template: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: meta('broken'),
    data: { from: '${nowhere.metadata.name}' },
  },
};

const read = () =>
  service.read(
    entity({
      'kro.run/resource-group': resourceGroup,
      'kro.run/instance-name': 'probe',
      'kro.run/instance-namespace': cluster.namespace,
    }),
  );
const stage = () =>
  read().stages.find(({ kind: each }) => each === 'pipeline')!;
const parts = () => read().parts ?? [];

async function untilSaid(code: string, timeoutMs = 30_000) {
  try {
    await until(code, () => stage().sentence.code === code, timeoutMs);
  } catch (error) {
    throw new Error(`${error}; said is ${JSON.stringify(stage())}`);
  }
}

/** The role of the plugin's account, and a rule for each kind that only this pipeline has. */
async function readerOfParts(): Promise<string> {
  const account = new WatcherAccount(cluster, 'reader');
  await account.create();
  await account.allowReading();
  const kinds = resources
    .filter(({ template }) => template.kind !== 'Secret')
    .map(({ path }) => resourceAt(path));
  for (const each of new Set([`${kind.toLowerCase()}s.kro.run`, ...kinds])) {
    await account.allow(each);
  }
  return account.token();
}

/** For example `ingressclasses.networking.k8s.io`. */
function resourceAt(path: string): string {
  const [, group] = /^apis\/([^/]+)/.exec(path) ?? [];
  const plural = path.split('/').at(-1);
  return group ? `${plural}.${group}` : `${plural}`;
}

beforeAll(async () => {
  cluster = await RealCluster.connect();
  instances = `/apis/kro.run/v1alpha1/namespaces/${
    cluster.namespace
  }/${kind.toLowerCase()}s`;
  const file = await cluster.writeKubeconfig('graphs', {
    token: await readerOfParts(),
  });
  service = DefaultDeliveryService.create({
    sources,
    logger: mockServices.logger.mock(),
    clusters: [
      {
        watch: createClusterWatch({
          name: 'local',
          transport: new HttpTransport(new KubeConfigAccess({ file })),
          logger: mockServices.logger.mock(),
        }),
        argoCdNamespace: 'argocd',
        links: {},
      },
    ],
  });
  service.start();
});

afterAll(async () => {
  await service.stop();
  await cluster.close();
});

it('says that there is no such definition, and which there are', async () => {
  await untilSaid('pipeline.resourceGraphMissing');
  expect(stage().diagnosis?.nextStep.text).toContain('cicdpipeline.kro.run');
});

it('says why kro does not accept a definition, rather than that its kind is not served', async () => {
  await cluster.send('POST', graphs, graph([broken]));
  await untilSaid('pipeline.resourceGraphInactive');
  expect(stage().sentence.text).toContain(kind);
  const { status } = await cluster.send('GET', `${graphs}/${resourceGroup}`);
  const said = status.conditions
    .filter((each: any) => each.status === 'False')
    .map(({ message }: any) => message);
  expect(said).toContain(stage().diagnosis?.evidence);
  expect(stage().diagnosis?.evidence).toContain('nowhere');
});

it('finds a pipeline of any kind, and names the one of its 35 parts that blocks', async () => {
  await cluster.send('PATCH', `${graphs}/${resourceGroup}`, graph());
  await untilSaid('pipeline.notFound');
  await cluster.send('POST', instances, {
    apiVersion: 'kro.run/v1alpha1',
    kind,
    metadata: { name: 'probe' },
    spec: { name: `p-${id}` },
  });
  await untilSaid('pipeline.waitingForPart');
  expect(stage().sentence.values).toEqual({
    resource: 'gate',
    kind: 'ConfigMap',
    name: `p-${id}-gate`,
  });
  expect(stage().diagnosis?.evidence).toContain('gate.data.open');
  expect(stage().word).toBe('IN_PROGRESS · Ready=False');
  await until('what is made is seen', () =>
    parts().every(
      ({ seen, id: part, kind: of }) =>
        seen === (!part.startsWith('behind') && of !== 'Secret'),
    ),
  );
  expect(
    parts()
      .map(part => `${part.id} ${part.status}`)
      .sort(),
  ).toEqual(
    resources
      .map(({ id: part }) =>
        part === 'gate'
          ? 'gate running'
          : `${part} ${part.startsWith('behind') ? 'waiting' : 'succeeded'}`,
      )
      .sort(),
  );
}, 60_000);

it('sees all 35 parts, whatever their scope and plural, once the gate is open', async () => {
  await cluster.send('PATCH', `${instances}/probe`, { spec: { open: 'yes' } });
  await untilSaid('pipeline.active', 60_000);
  const seen = () => parts().filter(part => part.seen).length;
  await until('all but the Secret are seen', () => seen() === 34);
  for (const { id: part, path, template } of resources) {
    const namespace = path.includes('*') ? cluster.namespace : undefined;
    const name = `p-${id}-${part}`;
    const object = await cluster.send(
      'GET',
      `/${path.replace('*', cluster.namespace)}/${name}`,
    );
    expect(object.metadata.name).toBe(name);
    const isSecret = template.kind === 'Secret';
    expect(parts().find(each => each.id === part)).toMatchObject({
      kind: template.kind,
      name,
      status: 'succeeded',
      seen: !isSecret,
      namespace: isSecret ? undefined : namespace,
    });
  }
  const document: Delivery = deliverySchema.parse(read());
  expect(document.parts).toHaveLength(35);
  expect(JSON.stringify(document)).not.toContain('canary');
}, 90_000);

it('says that the definition changed while the pipeline was suspended', async () => {
  await cluster.send('PATCH', `${instances}/probe`, {
    metadata: { annotations: { 'kro.run/reconcile': 'suspended' } },
  });
  await untilSaid('pipeline.suspended');
  await until(
    'kro has noted it',
    () =>
      stage().word === 'ACTIVE · Ready=False' ||
      stage().word === 'IN_PROGRESS · Ready=False',
  );
  // Times in Kubernetes have seconds only.
  await new Promise(resolve => setTimeout(resolve, 1_100));
  const added = {
    ...broken,
    id: 'added',
    template: { ...broken.template, metadata: meta('added'), data: {} },
  };
  await cluster.send('PATCH', `${graphs}/${resourceGroup}`, graph([added]));
  await untilSaid('pipeline.suspendedChanged');
  await cluster.send('PATCH', `${instances}/probe`, {
    metadata: { annotations: { 'kro.run/reconcile': 'disabled' } },
  });
  expect(stage().status).toBe('suspended');
  await cluster.send('PATCH', `${instances}/probe`, {
    metadata: { annotations: { 'kro.run/reconcile': null } },
  });
  await untilSaid('pipeline.active');
  await until('the new part is seen', () =>
    parts().some(({ id: part, seen }) => part === 'added' && seen),
  );
}, 90_000);

it('says that a pipeline works on though its definition was broken', async () => {
  await cluster.send('PATCH', `${graphs}/${resourceGroup}`, graph([broken]));
  await untilSaid('pipeline.activeNotUpdated');
  expect(stage()).toMatchObject({
    status: 'succeeded',
    diagnosis: { evidence: expect.stringContaining('nowhere') },
  });
});

it('prints the conditions of the author where the definition declares some', async () => {
  await cluster.send(
    'PATCH',
    `${graphs}/${resourceGroup}`,
    graph(
      [],
      [
        "${runtime.newCondition({type: 'Deployable', status: 'False', reason: 'NoImage', message: 'no image yet'})}",
      ],
    ),
  );
  await until(
    'the word is the author’s',
    () => stage().word === 'ACTIVE · Deployable=False',
    60_000,
  );
}, 70_000);

it('is missing, and then not known, after all is deleted', async () => {
  await cluster.send('DELETE', `${instances}/probe`);
  await untilSaid('pipeline.notFound', 90_000);
  await cluster.send('DELETE', `${graphs}/${resourceGroup}`);
  await untilSaid('pipeline.resourceGraphMissing');
  await cluster.send(
    'DELETE',
    `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${kind.toLowerCase()}s.kro.run`,
  );
}, 120_000);
