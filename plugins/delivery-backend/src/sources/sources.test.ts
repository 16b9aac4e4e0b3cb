import { mockServices } from '@backstage/backend-test-utils';
import { deliverySchema } from '@golden-path/plugin-delivery-common';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline, resourceGraph } from '../__testUtils__/objects';
import { kindKey } from '../kubernetes/kindKey';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { sources } from '.';

const ODD = [null, 7, 'odd', [null, 'odd'], {}];

/** Copies of an object, each with one field replaced by an odd value. */
function* oddities(object: any, path: string[] = []): Iterable<[string, any]> {
  for (const [key, value] of Object.entries(object)) {
    for (const odd of ODD) {
      yield [[...path, key].join('.'), { ...object, [key]: odd }];
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [at, changed] of oddities(value, [...path, key])) {
        yield [at, { ...object, [key]: changed }];
      }
    }
    if (Array.isArray(value) && typeof value[0] === 'object') {
      for (const [at, changed] of oddities(value[0], [...path, key, '0'])) {
        yield [at, { ...object, [key]: [changed, ...value.slice(1)] }];
      }
    }
  }
}

/** A definition with every kind of resource, and columns of its own. */
const graph = resourceGraph({
  spec: {
    schema: {
      apiVersion: 'v1alpha1',
      kind: 'CICDPipeline',
      group: 'kro.run',
      additionalPrinterColumns: [
        { jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      ],
    },
    resources: [
      {
        id: 'repo',
        forEach: [{ name: '${schema.spec.names}' }],
        includeWhen: ['${schema.spec.more}'],
        template: {
          apiVersion: 'ecr.services.k8s.aws/v1alpha1',
          kind: 'Repository',
          metadata: { name: '${schema.spec.name}-main-repo' },
          data: { password: 'env-canary-value' },
        },
      },
    ],
  },
  status: {
    state: 'Active',
    conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }],
    topologicalOrder: ['repo'],
    resources: [{ id: 'repo', dependencies: [{ id: 'repo' }] }],
  },
});

describe('all sources', () => {
  const objects = [...healthyPipeline(), graph] as any[];

  it.each(objects.map(object => [object.kind, object.metadata.name, object]))(
    'read %s %s with any field broken: an honest document, never an exception',
    (_kind, _name, object) => {
      const cluster = new MemoryCluster('local').put(...objects);
      const logger = mockServices.logger.mock();
      let count = 0;
      for (const field of ['spec', 'status']) {
        for (const [at, changed] of oddities(object[field])) {
          cluster.put({ ...object, [field]: changed });
          const service = DefaultDeliveryService.create({
            sources,
            logger,
            clusters: [
              { watch: cluster, argoCdNamespace: 'argocd', links: {} },
            ],
          });
          const parsed = deliverySchema.safeParse(service.read(entity()));
          expect([at, parsed.error]).toEqual([at, undefined]);
          count += 1;
        }
      }
      expect(count).toBeGreaterThan(5);
    },
  );

  it('let nothing out that may be secret', () => {
    const cluster = new MemoryCluster('local').put(...objects);
    const service = DefaultDeliveryService.create({
      sources,
      logger: mockServices.logger.mock(),
      clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
    });
    const given = JSON.stringify(objects);
    const answer = JSON.stringify(service.read(entity()));
    for (const canary of ['glpat-canary-token', 'env-canary-value']) {
      expect(given).toContain(canary);
      expect(answer).not.toContain(canary);
    }
    const kept = JSON.stringify(
      sources.flatMap(({ kinds }) =>
        kinds.flatMap(kind => cluster.objects.list(kind)),
      ),
    );
    expect(kept).not.toContain('canary');
  });

  it('watch each kind once, and no Secret', () => {
    const kinds = sources.flatMap(source => source.kinds.map(kindKey));
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.filter(key => key.startsWith('|Secret|'))).toEqual([]);
  });
});
