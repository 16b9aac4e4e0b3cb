import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { deliverySchema } from '@golden-path/plugin-delivery-common';
import fc from 'fast-check';
import { admitted, disturbed } from '../__testUtils__/admitted';
import { entity } from '../__testUtils__/entity';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  servedSchema,
  type ServedSchema,
} from '../__testUtils__/servedSchemas';
import { recordsOf } from '../history/recordsOf';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import type { KubernetesObject } from '../kubernetes/types';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { isObject } from './lenient';
import { sources, watchedKinds, type WatchedKind } from '.';

/** Objects of each kind. */
const RUNS = 500;
/** How many of them the API server is asked about; it has to admit half. */
const ASKED = 24;
/** Below this, only what must be there is: more of these is large, and not read. */
const DEEPEST: Record<string, number> = {
  ResourceGraphDefinition: 3,
  GraphRevision: 3,
  Deployment: 4,
  Pod: 4,
};
/** Set to repeat what another run has met. */
const seed = Number(
  process.env.DELIVERY_SEED ?? Math.floor(Math.random() * 2 ** 31),
);

function fixture(name: string) {
  return JSON.parse(readFileSync(path.resolve(__dirname, name), 'utf8'));
}

const recorded: KubernetesObject[] = fixture('../__fixtures__/healthy.json');
const kargo = fixture('kargo/__fixtures__/upstream-schema.json');
const rollouts = fixture('rollouts/__fixtures__/upstream-schema.json');

/** A pipeline and all that belongs to it, of every system. */
const around: KubernetesObject[] = [
  ...recorded,
  kargo.dev,
  kargo.prod,
  kargo.newer,
  kargo.warehouse,
  kargo.promotionRunning,
  rollouts.progressing,
  ownedBy(rollouts.progressing, rollouts.failedAnalysis),
];
const instance = recorded.find(({ kind }) => kind === 'CICDPipeline')!;
const located = entity({
  'kro.run/instance-name': instance.metadata.name,
  'kro.run/instance-namespace': instance.metadata.namespace,
});

/** Where there is none around the pipeline, an object that is looked at. */
const OTHERS: Record<string, object> = {
  ConfigMap: { name: 'argocd-cm', namespace: 'argocd' },
  Pod: {
    name: 'checkout-1',
    namespace: recorded.find(({ kind }) => kind === 'Deployment')!.metadata
      .namespace,
    labels: { 'app.oam.dev/name': 'checkout' },
  },
};

type Metadata = KubernetesObject['metadata'];

let cluster: RealCluster;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  console.log(`seed ${seed}`);
});

afterAll(() => cluster?.close());

function ownedBy(owner: KubernetesObject, object: KubernetesObject) {
  const owned = structuredClone(object);
  owned.metadata.ownerReferences![0].uid = owner.metadata.uid;
  return owned;
}

const isOf = (kind: WatchedKind) => (object: KubernetesObject) =>
  object.kind === kind.kind &&
  object.apiVersion.split('/').slice(0, -1).join('/') === kind.group;

/** Metadata as API servers write them, of an object that the pipeline is joined with. */
function metadataOf(
  kind: WatchedKind,
  known: readonly Metadata[],
): fc.Arbitrary<any> {
  const other = OTHERS[kind.kind] ?? { name: 'other', namespace: 'other' };
  return fc
    .record({
      base: fc.constantFrom<object>(...(known.length ? known : [other])),
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

/**
 * What the schema admits. Where it says little, or the system is not installed here, also
 * what is near to real objects: more than any schema would admit.
 */
function contentsOf(
  kind: WatchedKind,
  served: ServedSchema | undefined,
): fc.Arbitrary<any> {
  const near = around
    .filter(isOf(kind))
    .map(({ apiVersion, kind: _, metadata, ...rest }) => disturbed(rest));
  if (!served) {
    return fc.oneof(...near);
  }
  const { schema, definitions, isOpen } = served;
  return fc.oneof(
    admitted(schema, definitions, DEEPEST[kind.kind]),
    ...(isOpen ? near : []).map(arbitrary =>
      arbitrary.filter(({ spec }) => isObject(spec)),
    ),
  );
}

/** Whether the API server takes an object; if not, what it says. */
async function refusal(
  { path: collection, apiVersion }: ServedSchema,
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

/** How many of these objects the API server admits, and why not the others. */
async function admission(
  { kind }: WatchedKind,
  served: ServedSchema,
  contents: object[],
) {
  const refusals: string[] = [];
  for (const content of contents) {
    const said = await refusal(served, kind, content);
    refusals.push(...(said === undefined ? [] : [said]));
  }
  return { taken: contents.length - refusals.length, refusals };
}

const kinds = watchedKinds.map(
  kind => [`${kind.kind}.${kind.group}`, kind] as const,
);
const servedKinds: string[] = [];

it.each(kinds)('any %s yields a delivery', async (name, kind) => {
  const served = await servedSchema(cluster, kind);
  const contents = contentsOf(kind, served);
  const real = around.filter(isOf(kind));
  const apiVersion = served?.apiVersion ?? real[0].apiVersion;
  const memory = new MemoryCluster('local').put(...around);
  const service = DefaultDeliveryService.create({
    sources,
    logger: mockServices.logger.mock(),
    clusters: [{ watch: memory, argoCdNamespace: 'argocd', links: {} }],
    // What the history makes of it.
    observe: recordsOf,
  });
  service.start();
  const known = memory.objects.list(kind).map(({ metadata }) => metadata);
  const revisions = new Set<string>();
  fc.assert(
    fc.property(contents, metadataOf(kind, known), (content, metadata) => {
      const object = { ...content, apiVersion, kind: kind.kind, metadata };
      // An object that cannot be trimmed would be kept without its content.
      kind.trim(structuredClone(object));
      memory.put(...real, object).flush();
      const delivery = service.read(located);
      expect(deliverySchema.safeParse(delivery).error).toBeUndefined();
      revisions.add(delivery.revision);
    }),
    { seed, numRuns: RUNS },
  );
  await service.stop();
  // They were joined with the pipeline: what they say is in the document.
  expect(revisions.size).toBeGreaterThan(kind.feeds.length > 0 ? 1 : 0);
  const told = `${name}: ${RUNS} objects, ${revisions.size} documents`;
  if (!served) {
    console.log(`${told}; not installed here: near to what is known of it`);
    return;
  }
  servedKinds.push(name);
  if (served.isBuiltIn) {
    console.log(`${told}; its Go code refuses more than its schema says`);
    return;
  }
  const asked = fc.sample(contents, { seed, numRuns: ASKED });
  const { taken, refusals } = await admission(kind, served, asked);
  console.log(`${told}; ${taken} of ${ASKED} admitted by the API server`);
  // In one, so that a failure says why.
  expect({ half: taken >= ASKED / 2, refusals }).toEqual({
    half: true,
    refusals,
  });
});

it('is said of the kinds that there are', () => {
  expect(servedKinds.length).toBeGreaterThanOrEqual(9);
});
