import { deliveryFor, isNo, stagesOf } from '../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  firstBuild,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
  setupRun,
} from '../__testUtils__/objects';

const OLD_RUN = { creationTimestamp: '2026-11-24T05:00:00Z' };

describe('the golden path of a commit', () => {
  it.each<[string, object[], Record<string, string>, string]>([
    [
      'dev is healthy, prod holds nothing',
      healthyPipeline(),
      {
        source: 'succeeded source.pushed',
        pipeline: 'succeeded pipeline.active',
        trigger: 'succeeded trigger.listening',
        build: 'succeeded build.succeeded',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
        'promotion:prod': 'waiting promotion.first',
        'deploy:prod': 'waiting deploy.nothing.promotion',
        'run:prod': 'waiting run.nothing',
      },
      'succeeded summary.healthy',
    ],
    [
      'a later build failed: dev stays on the old commit, healthy',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), OLD_RUN),
        pushBuild(
          COMMIT,
          'Failed',
          buildSteps('run-tests', 'Failed', '2 of 214 tests failed'),
        ),
      ],
      {
        source: 'succeeded source.pushed',
        build: 'failed build.failedAt',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
      },
      'failed build.failedAt',
    ],
    [
      'a push is being built',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), OLD_RUN),
        pushBuild(COMMIT, 'Running', buildSteps('build-and-push')),
      ],
      {
        build: 'running build.running',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
      },
      'running summary.onTheWay',
    ],
    [
      'built, but Argo CD has not looked at Git since',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(COMMIT, 'Succeeded', buildSteps(), {
          creationTimestamp: '2026-11-24T06:04:30Z',
        }),
        // Its manifest was committed after the last deployment of 06:04:00.
      ].map(shiftSteps('2026-11-24T06:06:00Z')),
      {
        build: 'succeeded build.succeeded',
        'deploy:dev': 'waiting deploy.notNoticed',
        'run:dev': 'succeeded run.healthy',
      },
      'running summary.onTheWay',
    ],
    [
      'a revert: Argo CD deployed another tag later',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(COMMIT, 'Succeeded', buildSteps()),
      ],
      { 'deploy:dev': 'succeeded deploy.synced' },
      'succeeded summary.healthy',
    ],
    [
      'Argo CD is syncing, then KubeVela rolls out',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          status: { operationState: { phase: 'Running' } },
        }),
        oamApplication('dev', COMMIT, {
          status: { status: 'runningWorkflow' },
        }),
        application('prod'),
      ],
      {
        'deploy:dev': 'running deploy.syncing',
        'run:dev': 'running run.rendering',
        'promotion:prod': 'waiting promotion.notHealthy',
      },
      'running summary.onTheWay',
    ],
    [
      'KubeVela reports trouble',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT),
        oamApplication('dev', COMMIT, {
          status: {
            status: 'unhealthy',
            services: [
              { name: 'checkout', healthy: false, message: 'Ready:0/2' },
            ],
          },
        }),
      ],
      {
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'failed run.unhealthy',
        'deploy:prod': 'missing deploy.noApplication',
      },
      'failed run.unhealthy',
    ],
    [
      'a step of the roll-out fails again and again',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT),
        application('prod'),
        oamApplication('dev', COMMIT, {
          status: {
            status: 'runningWorkflow',
            services: [{ name: 'checkout', healthy: true }],
            workflow: {
              steps: [
                { name: 'table', phase: 'failed', message: 'invalid trait' },
              ],
            },
          },
        }),
      ],
      { 'run:dev': 'failed run.failed' },
      'failed run.failed',
    ],
    [
      'KubeVela has not seen the new manifest yet',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT),
        application('prod'),
        oamApplication('dev', COMMIT, {
          metadata: { generation: 3 },
          status: {
            status: 'running',
            observedGeneration: 2,
            services: [{ name: 'checkout', healthy: true }],
          },
        }),
      ],
      { 'run:dev': 'running run.rendering' },
      'running summary.onTheWay',
    ],
    [
      'Argo CD cannot read the manifests',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          status: {
            sync: { status: 'Unknown' },
            conditions: [
              { type: 'ComparisonError', message: 'app path does not exist' },
            ],
          },
        }),
        application('prod'),
      ],
      { 'deploy:dev': 'failed deploy.failed' },
      'failed deploy.failed',
    ],
    [
      'dev is ahead of prod',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT),
        oamApplication('dev', COMMIT),
        application('prod', OLDER_COMMIT),
        oamApplication('prod', OLDER_COMMIT),
      ],
      {
        'promotion:prod': 'waiting promotion.ready',
        'run:prod': 'succeeded run.healthy',
      },
      'succeeded summary.healthy',
    ],
    [
      'prod has what dev has',
      [
        ...healthyPipeline(),
        application('prod', COMMIT, { metadata: { uid: 'again' } }),
        oamApplication('prod', COMMIT),
      ],
      { 'promotion:prod': 'succeeded promotion.done' },
      'succeeded summary.healthy',
    ],
    [
      'the first promotion is on its way',
      [
        ...healthyPipeline(),
        application('prod', undefined, {
          status: { operationState: { phase: 'Running' } },
        }),
      ],
      { 'deploy:prod': 'running deploy.syncing' },
      'running summary.onTheWay',
    ],
    [
      'plain manifests without KubeVela: Argo CD tells how they run',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          status: {
            health: { status: 'Degraded' },
            resources: [
              {
                kind: 'Deployment',
                group: 'apps',
                name: 'checkout',
                status: 'Synced',
              },
            ],
          },
        }),
        application('prod'),
      ],
      { 'run:dev': 'failed run.unhealthy' },
      'failed run.unhealthy',
    ],
    [
      'the run of what dev got is forgotten',
      [
        ...healthyPipeline().filter(isNo('Workflow')),
        setupRun('Succeeded'),
        firstBuild('Succeeded', buildSteps()),
      ],
      {
        source: 'succeeded source.pushed',
        build: 'succeeded build.forgotten',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
      },
      'succeeded summary.healthy',
    ],
    [
      'dev is a cluster that is not watched: Argo CD tells',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          spec: { destination: { name: 'spoke', namespace: 'team-checkout' } },
        }),
        application('prod'),
      ],
      { 'run:dev': 'succeeded run.healthy' },
      'succeeded summary.healthy',
    ],
  ])('%s', (_name, objects, stages, summary) => {
    const delivery = deliveryFor(objects);
    expect(stagesOf(delivery)).toMatchObject(stages);
    expect(`${delivery.summary.status} ${delivery.summary.sentence.code}`).toBe(
      summary,
    );
  });
});

/** Moves the end of all steps of push-started runs. */
function shiftSteps(finishedAt: string) {
  return (object: any) => {
    if (object.metadata.labels?.['events.argoproj.io/sensor']) {
      Object.values<any>(object.status.nodes).forEach(node => {
        node.finishedAt = finishedAt;
      });
    }
    return object;
  };
}
