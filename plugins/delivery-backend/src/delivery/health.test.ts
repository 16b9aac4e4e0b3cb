import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  deliveryFor,
  isNo,
  stageOf,
  stagesOf,
} from '../__testUtils__/deliveryFor';
import {
  application,
  COMMIT,
  healthyPipeline,
  pipeline,
} from '../__testUtils__/objects';

/** As kro 0.9.4 wrote it on the local platform when the cluster did not serve Sensors. */
function pipelineWithoutSensors() {
  const { metadata, status } = JSON.parse(
    readFileSync(
      path.resolve(
        __dirname,
        '../sources/kro/__fixtures__/sensorNotServed.json',
      ),
      'utf8',
    ),
  );
  return pipeline({
    metadata: { annotations: metadata.annotations },
    status,
  });
}

describe('when sources are not live', () => {
  it('says so for the stages of a forbidden kind and shows the others', () => {
    const delivery = deliveryFor(healthyPipeline(), {
      prepare: cluster =>
        cluster.setStates('forbidden', 'Sensor', 'sensors is forbidden'),
    });
    expect(stageOf(delivery, 'trigger')).toMatchObject({
      status: 'unknown',
      sentence: {
        text: 'The plugin may not read Sensor of Argo Events in cluster "local".',
      },
      diagnosis: { evidence: 'sensors is forbidden' },
    });
    expect(stagesOf(delivery)).toMatchObject({
      build: 'succeeded build.succeeded',
      'run:dev': 'succeeded run.healthy',
    });
    expect(delivery.sources).toContainEqual({
      system: 'Argo Events',
      cluster: 'local',
      apiVersion: 'argoproj.io/v1',
      kind: 'Sensor',
      state: 'forbidden',
      since: '2026-11-24T06:00:00.000Z',
      reason: 'sensors is forbidden',
    });
  });

  it('names the system that is not installed', () => {
    const delivery = deliveryFor(healthyPipeline().filter(isNo('Repository')), {
      prepare: cluster => cluster.setStates('not-installed', 'Repository'),
    });
    expect(stageOf(delivery, 'image')).toMatchObject({
      status: 'unknown',
      sentence: { text: 'ECR is not installed in cluster "local".' },
    });
  });

  it('tells the kind that is not served before what kro makes of that', () => {
    const delivery = deliveryFor(
      [
        ...healthyPipeline().filter(isNo('CICDPipeline', 'Sensor')),
        pipelineWithoutSensors(),
      ],
      { prepare: cluster => cluster.setStates('not-installed', 'Sensor') },
    );
    const cause = {
      text: 'Argo Events is not installed in cluster "local".',
    };
    expect(delivery.summary).toMatchObject({
      status: 'failed',
      sentence: cause,
      stage: 'pipeline',
    });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      diagnosis: {
        cause,
        evidence: expect.stringMatching(
          /could not find the requested resource$/,
        ),
        nextStep: { code: 'stage.notInstalled.next' },
      },
    });
    // Both say the same: the headline says it once.
    expect(stageOf(delivery, 'trigger')).toMatchObject({
      status: 'unknown',
      diagnosis: { cause },
    });
  });

  it.each<[string, (cluster: MemoryCluster) => void]>([
    ['every kind is served', () => {}],
    [
      'a kind is missing of which it has no part',
      cluster => cluster.setStates('not-installed', 'Rollout'),
    ],
  ])('leaves to kro what went wrong where %s', (_, prepare) => {
    const delivery = deliveryFor(
      [
        ...healthyPipeline().filter(isNo('CICDPipeline')),
        pipelineWithoutSensors(),
      ],
      { prepare },
    );
    expect(stagesOf(delivery).pipeline).toBe('failed pipeline.error');
  });

  it('does not need KubeVela where nothing is deployed through it', () => {
    const delivery = deliveryFor(
      [
        pipeline(),
        application('dev', COMMIT, { status: { resources: [], summary: {} } }),
        application('prod', COMMIT, {
          status: {
            resources: [
              { kind: 'Service', name: 'checkout', status: 'Synced' },
            ],
          },
        }),
      ],
      {
        prepare: cluster => {
          cluster.setStates('live');
          for (const state of cluster.kindStates()) {
            if (state.group === 'core.oam.dev') {
              Object.assign(state, { state: 'not-installed' });
            }
          }
        },
      },
    );
    expect(stagesOf(delivery)).toMatchObject({
      'run:dev': 'waiting run.nothing',
      'run:prod': 'succeeded run.healthy',
    });
  });

  it('asks for kro and its ResourceGraphDefinition where the kind is not served', () => {
    const delivery = deliveryFor([], {
      prepare: cluster => cluster.setStates('not-installed', 'CICDPipeline'),
    });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code: 'pipeline.kindNotInstalled' },
      diagnosis: {
        nextStep: { text: expect.stringContaining('cicdpipeline.kro.run') },
      },
    });
  });

  it('shows old facts with their age when the cluster is lost', () => {
    const delivery = deliveryFor(healthyPipeline(), {
      prepare: cluster => cluster.setStates('stale', undefined, 'ECONNREFUSED'),
    });
    expect(stagesOf(delivery)['run:dev']).toBe('succeeded run.healthy');
    for (const stage of delivery.stages) {
      expect(stage.staleSince).toBe('2026-11-24T06:00:00.000Z');
    }
  });

  it('claims nothing of a cluster that was never reached', () => {
    const delivery = deliveryFor([], {
      prepare: cluster => cluster.setStates('stale', undefined, 'ECONNREFUSED'),
    });
    for (const stage of delivery.stages) {
      expect(stage).toMatchObject({
        status: 'unknown',
        sentence: { code: 'stage.clusterUnreachable' },
        diagnosis: { evidence: 'ECONNREFUSED' },
      });
    }
    expect(delivery.summary.status).toBe('unknown');
  });

  it('says that it is still reading', () => {
    const delivery = deliveryFor([], {
      prepare: cluster => cluster.setStates('syncing'),
    });
    expect(delivery.summary.sentence.code).toBe('stage.syncing');
  });
});
