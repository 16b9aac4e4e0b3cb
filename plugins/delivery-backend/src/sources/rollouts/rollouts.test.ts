import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import { MemoryCluster } from '../../__testUtils__/MemoryCluster';
import {
  application,
  COMMIT,
  healthyPipeline,
  oamApplication,
} from '../../__testUtils__/objects';
import { watchedKinds } from '..';

/** After the schema of Argo Rollouts' definitions: the local platform does not run it. */
const upstream: Record<string, any> = JSON.parse(
  readFileSync(
    path.resolve(__dirname, '__fixtures__/upstream-schema.json'),
    'utf8',
  ),
);

function analysisOf(rollout: any, name: string) {
  const run = structuredClone(upstream[name]);
  run.metadata.ownerReferences[0].uid = rollout.metadata.uid;
  return run;
}

const inDev = (name: string, analysis?: string) => [
  ...healthyPipeline().filter(isNo('Deployment')),
  upstream[name],
  ...(analysis ? [analysisOf(upstream[name], analysis)] : []),
];

describe('a Rollout', () => {
  it.each<[string, string | undefined, string, object]>([
    [
      'progressing',
      undefined,
      'running run.canary',
      { step: 2, steps: 6, weight: 20 },
    ],
    [
      'paused',
      undefined,
      'suspended run.canaryPaused',
      { step: 1, steps: 6, weight: 20 },
    ],
    ['inconclusive', 'erroredAnalysis', 'suspended run.canaryPaused', {}],
    [
      'aborted',
      'failedAnalysis',
      'failed run.analysisFailed',
      { metric: 'error-rate' },
    ],
    ['aborted', undefined, 'failed run.canaryAborted', {}],
    ['healthy', undefined, 'succeeded run.healthy', {}],
  ])('that is %s, with analysis %s: %s', (name, analysis, told, values) => {
    const stage = stageOf(deliveryFor(inDev(name, analysis)), 'run:dev');
    expect(`${stage?.status} ${stage?.sentence.code}`).toBe(told);
    expect(stage?.sentence.values).toMatchObject(values);
  });

  it('gives the words of the metric that failed', () => {
    const failed = deliveryFor(inDev('aborted', 'failedAnalysis'));
    expect(stageOf(failed, 'run:dev')?.diagnosis?.evidence).toBe(
      'error-rate: Metric "error-rate" assessed Failed due to failed (3) > failureLimit (2)',
    );
    const errored = deliveryFor(inDev('aborted', 'erroredAnalysis'));
    expect(stageOf(errored, 'run:dev')?.diagnosis?.evidence).toBe(
      'error-rate: dial tcp: lookup prometheus.example: no such host',
    );
  });

  it('is part of the environment, and its pods count', () => {
    const [dev] = deliveryFor(inDev('aborted', 'failedAnalysis')).environments;
    expect(dev.pods).toEqual({ ready: 4, desired: 3 });
    expect(dev.rollouts).toMatchObject([
      {
        name: 'checkout',
        phase: 'Degraded',
        aborted: true,
        step: 0,
        steps: 6,
        analyses: [{ phase: 'Failed', metric: 'error-rate' }],
      },
    ]);
  });

  it('is found without KubeVela, where Argo CD applies it itself', () => {
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Application', 'Deployment')),
      application('dev', undefined, {
        status: {
          health: { status: 'Progressing' },
          resources: [
            {
              group: 'argoproj.io',
              kind: 'Rollout',
              namespace: 'team-checkout-dev',
              name: 'checkout',
              status: 'Synced',
            },
          ],
        },
      }),
      { ...upstream.progressing, metadata: unlabelled(upstream.progressing) },
    ]);
    expect(stageOf(delivery, 'run:dev')?.sentence.code).toBe('run.canary');
    expect(delivery.environments[0].image?.commit).toBe(COMMIT);
  });

  it('says nothing of an older generation', () => {
    const ahead = structuredClone(upstream.healthy);
    ahead.metadata.generation = 3;
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Deployment', 'Application')),
      application('dev', COMMIT),
      oamApplication('dev', COMMIT),
      ahead,
    ]);
    expect(stageOf(delivery, 'run:dev')?.status).toBe('running');
  });

  it('leaves environment, arguments and measured values in the cluster', () => {
    const objects = inDev('aborted', 'failedAnalysis').filter(object =>
      ['Rollout', 'AnalysisRun'].includes((object as any).kind),
    );
    expect(JSON.stringify(objects)).toContain('canary-token');
    const cluster = new MemoryCluster('local').put(...objects);
    const kept = watchedKinds.flatMap(kind => cluster.objects.list(kind));
    expect(JSON.stringify(kept)).not.toMatch(/canary-(token|value)/);
  });
});

function unlabelled({ metadata: { labels: _, ...metadata } }: any) {
  return metadata;
}
