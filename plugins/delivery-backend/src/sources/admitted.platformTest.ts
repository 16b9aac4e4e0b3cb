import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { deliverySchema } from '@golden-path/plugin-delivery-common';
import fc from 'fast-check';
import { admitted, disturbed, type Schema } from '../__testUtils__/admitted';
import { entity } from '../__testUtils__/entity';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { resourceOf } from '../__testUtils__/resources';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import type { KubernetesObject } from '../kubernetes/types';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { isObject } from './lenient';
import { sources, watchedKinds, type WatchedKind } from '.';

/** Objects of each kind, by the schemas of a real API server. */
const RUNS = 200;
/** How many of them the API server is asked about; it has to admit half. */
const ASKED = 24;
const seed = Math.floor(Math.random() * 2 ** 31);

const recorded: KubernetesObject[] = JSON.parse(
  readFileSync(path.resolve(__dirname, '../__fixtures__/healthy.json'), 'utf8'),
);
const instance = recorded.find(({ kind }) => kind === 'CICDPipeline')!;
const located = entity({
  'kro.run/instance-name': instance.metadata.name,
  'kro.run/instance-namespace': instance.metadata.namespace,
});

/** Where the recording has none, an object that is looked at. */
const OTHERS: Record<string, object> = {
  ConfigMap: { name: 'argocd-cm', namespace: 'argocd' },
  ResourceGraphDefinition: { name: 'cicdpipeline.kro.run' },
  Pod: {
    name: 'checkout-1',
    namespace: recorded.find(({ kind }) => kind === 'Deployment')!.metadata
      .namespace,
    labels: { 'app.oam.dev/name': 'checkout' },
  },
};

type Metadata = KubernetesObject['metadata'];

interface Served {
  apiVersion: string;
  path: string;
  /** Its Go code refuses more than its schema says, so it is not asked. */
  isBuiltIn: boolean;
  /** Of the whole cluster, as ResourceGraphDefinitions are. */
  isDefinition: boolean;
  /** Whether the schema leaves the shape of the content open. */
  isOpen: boolean;
  object: fc.Arbitrary<any>;
}

let cluster: RealCluster;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  console.log(`seed ${seed}`);
});

afterAll(() => cluster?.close());

const isOf = (kind: WatchedKind) => (object: KubernetesObject) =>
  object.kind === kind.kind &&
  object.apiVersion.split('/').slice(0, -1).join('/') === kind.group;

/** How the API server serves a kind; nothing where it does not. */
async function servedAs(kind: WatchedKind): Promise<Served | undefined> {
  const resource = resourceOf(kind);
  if (!kind.group.includes('.')) {
    return builtIn(kind, resource);
  }
  const { items } = await cluster.send(
    'GET',
    `/apis/apiextensions.k8s.io/v1/customresourcedefinitions?fieldSelector=metadata.name=${resource}.${kind.group}`,
  );
  if (items.length === 0) {
    return undefined;
  }
  const [{ spec }] = items;
  const version = spec.versions.find((each: any) => each.served);
  const group = `/apis/${kind.group}/${version.name}`;
  return {
    apiVersion: `${kind.group}/${version.name}`,
    path:
      spec.scope === 'Namespaced'
        ? `${group}/namespaces/${cluster.namespace}/${resource}`
        : `${group}/${resource}`,
    isBuiltIn: false,
    isDefinition: spec.scope === 'Cluster',
    isOpen: !version.schema.openAPIV3Schema.properties.spec.properties,
    // Definitions are large, and little of them is read.
    object: admitted(
      contentOf(version.schema.openAPIV3Schema),
      {},
      spec.scope === 'Namespaced' ? undefined : 3,
    ),
  };
}

async function builtIn(kind: WatchedKind, resource: string): Promise<Served> {
  const prefix = kind.group ? `apis/${kind.group}/v1` : 'api/v1';
  const { components } = await cluster.send('GET', `/openapi/v3/${prefix}`);
  const definitions: Record<string, Schema> = components.schemas;
  const name = Object.keys(definitions).find(each =>
    each.endsWith(`.${kind.group || 'core'}.v1.${kind.kind}`),
  )!;
  return {
    apiVersion: kind.group ? `${kind.group}/v1` : 'v1',
    path: `/${prefix}/namespaces/${cluster.namespace}/${resource}`,
    isBuiltIn: true,
    isDefinition: false,
    isOpen: true,
    // Pod templates would be most of it; nothing of them is read.
    object: admitted(contentOf(definitions[name]), definitions, 4),
  };
}

/** All but what says which object it is. */
function contentOf(schema: Schema): Schema {
  const { apiVersion, kind, metadata, ...properties } = schema.properties ?? {};
  return {
    ...schema,
    properties,
    required: Object.keys(properties).filter(name =>
      ['spec', 'status', ...(schema.required ?? [])].includes(name),
    ),
  };
}

/** Metadata as API servers write them, of an object that the pipeline is joined with. */
function metadataOf(kind: WatchedKind): fc.Arbitrary<any> {
  const known = recorded.filter(isOf(kind)).map(({ metadata }) => metadata);
  const other = OTHERS[kind.kind] ?? { name: 'other', namespace: 'other' };
  return fc
    .record({
      base: fc.constantFrom<object>(...known, ...(known.length ? [] : [other])),
      annotations: fc.dictionary(
        fc.constantFrom('cicd.kro.run/environment', 'kro.run/reconcile', 'a/b'),
        fc.string({ unit: 'binary' }),
      ),
      deletionTimestamp: fc.constantFrom(undefined, '2026-11-24T08:00:00Z'),
      generation: fc.option(fc.nat(), { nil: undefined }),
    })
    .map(({ base, annotations, ...more }) => ({
      uid: `uid-of-${kind.kind}`,
      resourceVersion: '1',
      creationTimestamp: '2026-11-24T06:00:00Z',
      ...base,
      annotations: { ...(base as Metadata).annotations, ...annotations },
      ...more,
    }));
}

/** What the schema admits; where it says little, also what is near to what it was made for. */
function contentsOf(kind: WatchedKind, served: Served): fc.Arbitrary<any> {
  const near = recorded
    .filter(isOf(kind))
    .map(({ apiVersion, kind: _, metadata, ...rest }) => disturbed(rest));
  return fc.oneof(
    served.object,
    ...(served.isOpen ? near : []).map(arbitrary =>
      arbitrary.filter(({ spec }) => isObject(spec)),
    ),
  );
}

/** Whether the API server takes an object; if not, what it says. */
async function refusal(
  { path: collection, apiVersion }: Served,
  kind: string,
  content: object,
): Promise<string | undefined> {
  try {
    await cluster.send('POST', `${collection}?dryRun=All`, {
      ...content,
      apiVersion,
      kind,
      metadata: { name: 'admitted' },
    });
    return undefined;
  } catch (error) {
    return String(error).slice(0, 500);
  }
}

const kinds = new Map(
  watchedKinds.map(kind => [`${kind.kind}.${kind.group}`, kind]),
);
const isServed: string[] = [];

it.each([...kinds])('any %s yields a delivery', async (name, kind) => {
  const served = await servedAs(kind);
  if (!served) {
    return;
  }
  isServed.push(name);
  const contents = contentsOf(kind, served);
  const revisions = new Set<string>();
  const memory = new MemoryCluster('local').put(...recorded);
  fc.assert(
    fc.property(contents, metadataOf(kind), (content, metadata) => {
      const { apiVersion } = served;
      const object = { ...content, apiVersion, kind: kind.kind, metadata };
      // An object that cannot be trimmed would be kept without its content.
      kind.trim(structuredClone(object));
      memory.put(object);
      const delivery = DefaultDeliveryService.create({
        sources,
        logger: mockServices.logger.mock(),
        lingerMs: 1,
        clusters: [{ watch: memory, argoCdNamespace: 'argocd', links: {} }],
      }).read(located);
      expect(deliverySchema.safeParse(delivery).error).toBeUndefined();
      revisions.add(delivery.revision);
    }),
    // Definitions are large: making one up takes a tenth of a second.
    { seed, numRuns: served.isDefinition ? RUNS / 10 : RUNS },
  );
  // They were joined with the pipeline: what they say is in the document.
  expect(revisions.size).toBeGreaterThan(kind.feeds.length > 0 ? 1 : 0);
  const asked = served.isBuiltIn
    ? []
    : fc.sample(contents, { seed, numRuns: ASKED });
  const refusals: string[] = [];
  for (const content of asked) {
    refusals.push((await refusal(served, kind.kind, content)) ?? '');
  }
  const taken = refusals.filter(each => each === '').length;
  console.log(`${name}: ${taken} of ${asked.length} admitted`);
  expect([taken >= asked.length / 2, refusals]).toEqual([
    true,
    expect.anything(),
  ]);
});

it('is said of the kinds that there are', () => {
  expect(isServed.length).toBeGreaterThanOrEqual(9);
});
