import type { MemoryCluster } from '../../__testUtils__/MemoryCluster';
import { deliveryFor, stageOf } from '../../__testUtils__/deliveryFor';
import {
  condition,
  pipeline,
  resourceGraph,
} from '../../__testUtils__/objects';

const refused = resourceGraph({
  status: {
    state: 'Inactive',
    conditions: [
      condition('GraphAccepted', 'False', 'undeclared reference to "nowhere"'),
      condition('KindReady'),
      condition('Ready', 'False', 'undeclared reference to "nowhere"'),
    ],
  },
});

const revision = (creationTimestamp: string) => ({
  apiVersion: 'internal.kro.run/v1alpha1',
  kind: 'GraphRevision',
  metadata: {
    name: `cicdpipeline.kro.run-${creationTimestamp}`,
    uid: `revision-${creationTimestamp}`,
    resourceVersion: '1',
    creationTimestamp,
    labels: {
      'kro.run/resource-graph-definition-name': 'cicdpipeline.kro.run',
    },
  },
  spec: { snapshot: { spec: { password: 'env-canary-value' } } },
});

const suspended = pipeline({
  metadata: { annotations: { 'kro.run/reconcile': 'suspended' } },
  status: {
    state: 'ACTIVE',
    conditions: [
      {
        ...condition('Ready', 'False', 'suspended'),
        reason: 'ReconciliationSuspended',
        lastTransitionTime: '2026-11-24T07:00:00Z',
      },
    ],
  },
});

function removeGraph(cluster: MemoryCluster): void {
  const graphs = cluster.objects.list({
    group: 'kro.run',
    kind: 'ResourceGraphDefinition',
  });
  expect(graphs).toHaveLength(1);
  cluster.remove(graphs[0]);
}

describe('the definition of a pipeline', () => {
  it('is named where it is broken, not the kind that is missing for it', () => {
    const delivery = deliveryFor([refused], {
      prepare: cluster => cluster.setStates('not-installed', 'CICDPipeline'),
    });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code: 'pipeline.resourceGraphInactive' },
      diagnosis: { evidence: 'undeclared reference to "nowhere"' },
    });
  });

  it('does not hide a pipeline that works on', () => {
    expect(
      stageOf(deliveryFor([refused, pipeline()]), 'pipeline'),
    ).toMatchObject({
      status: 'succeeded',
      sentence: { code: 'pipeline.activeNotUpdated' },
      diagnosis: { evidence: 'undeclared reference to "nowhere"' },
    });
    const gone = deliveryFor([pipeline()], {
      prepare: removeGraph,
    });
    expect(stageOf(gone, 'pipeline')?.sentence.code).toBe(
      'pipeline.activeUnmanaged',
    );
  });

  it('is waited for while kro has just begun with it', () => {
    const graph = resourceGraph({ status: {} });
    expect(stageOf(deliveryFor([graph]), 'pipeline')).toMatchObject({
      status: 'waiting',
      sentence: { code: 'pipeline.resourceGraphStarting' },
    });
  });

  it('is why kro can do nothing for an instance', () => {
    const instance = pipeline({
      status: {
        state: 'ERROR',
        conditions: [
          condition('GraphResolved', 'False', 'graph revision 4 failed'),
        ],
      },
    });
    expect(stageOf(deliveryFor([instance]), 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code: 'pipeline.graphNotResolved' },
      diagnosis: { evidence: 'graph revision 4 failed' },
    });
  });

  it.each([
    ['2026-11-24T06:59:59Z', 'pipeline.suspended'],
    ['2026-11-24T07:00:01Z', 'pipeline.suspendedChanged'],
  ])('of %s counts as changed since the suspension: %s', (at, code) => {
    const delivery = deliveryFor([
      revision('2026-11-24T05:00:00Z'),
      revision(at),
      suspended,
    ]);
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'suspended',
      since: '2026-11-24T07:00:00Z',
      sentence: { code },
    });
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });

  it('is not missed where it may not be read', () => {
    const delivery = deliveryFor([pipeline()], {
      prepare: cluster => {
        removeGraph(cluster);
        cluster.setStates('forbidden', 'ResourceGraphDefinition');
      },
    });
    expect(stageOf(delivery, 'pipeline')?.sentence.code).toBe(
      'pipeline.active',
    );
    expect(delivery.parts).toEqual([]);
  });

  it('may be of another kind than that of the golden path', () => {
    const webapp = resourceGraph({
      metadata: { name: 'webapp.example.com' },
      spec: { schema: { kind: 'WebApp', group: 'example.com' } },
    });
    const delivery = deliveryFor([webapp], {
      annotations: { 'kro.run/resource-group': 'webapp.example.com' },
      prepare: cluster => cluster.setStates('not-installed', 'CICDPipeline'),
    });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'missing',
      sentence: { values: { kind: 'WebApp' } },
    });
  });
});
