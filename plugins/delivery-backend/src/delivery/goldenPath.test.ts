import { deliveryFor, isNo, stagesOf } from '../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  condition,
  firstBuild,
  healthyPipeline,
  listener,
  oamApplication,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
  repository,
  setupRun,
} from '../__testUtils__/objects';

const OLD_RUN = { creationTimestamp: '2026-11-24T05:00:00Z' };

describe('the golden path', () => {
  const inProgress = pipeline({
    status: {
      state: 'IN_PROGRESS',
      conditions: [
        condition('ResourcesReady', 'False', 'waiting for node ecrmainrepo'),
        condition('Ready', 'False', 'ResourcesReady is False'),
      ],
    },
  });

  it.each<[string, object[], Record<string, string>, string]>([
    [
      'nothing there',
      [],
      {
        source: 'waiting source.noPushSeen',
        pipeline: 'missing pipeline.notFound',
        trigger: 'waiting trigger.missing',
        build: 'waiting build.none',
        image: 'waiting image.noRepository',
        'deploy:dev': 'waiting deploy.noApplication',
        'run:dev': 'waiting run.nothing',
        'promotion:prod': 'waiting promotion.nothing',
        'deploy:prod': 'waiting deploy.noApplication',
        'run:prod': 'waiting run.nothing',
      },
      'missing summary.missing',
    ],
    [
      'kro is creating the parts',
      [inProgress, repository('main', { status: {} })],
      {
        pipeline: 'running pipeline.inProgress',
        trigger: 'waiting trigger.missing',
        build: 'waiting build.none',
        image: 'running image.creating',
        'deploy:dev': 'waiting deploy.noApplication',
      },
      'running summary.firstBuild',
    ],
    [
      'set-up runs while kro waits for it',
      [
        inProgress,
        listener('EventSource'),
        listener('Sensor', [condition('Deployed', 'Unknown')]),
        setupRun('Running', [
          ['validate-resources', 'Succeeded'],
          ['setup-secrets', 'Running'],
        ]),
      ],
      {
        pipeline: 'running pipeline.settingUp',
        trigger: 'running trigger.starting',
        build: 'waiting build.settingUp',
      },
      'running summary.firstBuild',
    ],
    [
      'set-up failed: kro waits for ever',
      [
        inProgress,
        setupRun('Failed', [
          ['validate-resources', 'Failed', 'no such repository'],
          ['setup-secrets', 'Omitted'],
        ]),
      ],
      {
        pipeline: 'failed pipeline.setupFailedAt',
        build: 'waiting build.none',
      },
      'failed pipeline.setupFailedAt',
    ],
    [
      'a Workflow that no controller has seen yet',
      [pipeline(), setupRun('Succeeded'), firstBuild(undefined)],
      { build: 'waiting build.pending', source: 'succeeded source.firstBuild' },
      'missing trigger.missing',
    ],
    [
      'the first build runs',
      [
        ...healthyPipeline().filter(isNo('Workflow', 'Application')),
        setupRun('Succeeded'),
        firstBuild('Running', buildSteps('run-tests')),
        application('dev'),
        application('prod'),
      ],
      {
        pipeline: 'succeeded pipeline.active',
        trigger: 'succeeded trigger.listening',
        build: 'running build.running',
        image: 'waiting image.waiting',
        'deploy:dev': 'waiting deploy.nothing.first',
        'run:dev': 'waiting run.nothing',
        'promotion:prod': 'waiting promotion.nothing',
        'deploy:prod': 'waiting deploy.nothing.promotion',
        'run:prod': 'waiting run.nothing',
      },
      'running summary.firstBuildRunning',
    ],
    [
      'ACTIVE with a failed first build is a failed golden path',
      [
        ...healthyPipeline().filter(isNo('Workflow', 'Application')),
        setupRun('Succeeded'),
        firstBuild('Failed', buildSteps('run-tests', 'Failed', 'exit code 1')),
        application('dev'),
        application('prod'),
      ],
      {
        pipeline: 'succeeded pipeline.active',
        build: 'failed build.failedAt',
        image: 'waiting image.waiting',
        'deploy:dev': 'waiting deploy.nothing.first',
      },
      'failed build.failedAt',
    ],
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
      'kro is told not to reconcile',
      [
        ...healthyPipeline().filter(isNo('CICDPipeline')),
        pipeline({
          metadata: { annotations: { 'kro.run/reconcile': 'suspended' } },
        }),
      ],
      { pipeline: 'suspended pipeline.suspended' },
      'suspended pipeline.suspended',
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
      'a listener is not deployed',
      [
        ...healthyPipeline().filter(isNo('Sensor')),
        listener('Sensor', [
          condition('DependenciesProvided'),
          condition('Deployed', 'False', 'no image pull secret'),
        ]),
      ],
      { trigger: 'failed trigger.notDeployed' },
      'failed trigger.notDeployed',
    ],
    [
      'the image repository cannot be created',
      [
        ...healthyPipeline().filter(isNo('Repository')),
        repository('main', {
          status: { conditions: [condition('ACK.Terminal', 'True', 'denied')] },
        }),
      ],
      { image: 'failed image.failed' },
      'failed image.failed',
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
