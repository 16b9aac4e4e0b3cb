import { deliveryFor, isNo, stagesOf } from '../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  condition,
  firstBuild,
  healthyPipeline,
  listener,
  pipeline,
  repository,
  setupRun,
} from '../__testUtils__/objects';

describe('the golden path until the first build', () => {
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
      'a listener comes back after a while; dev stays as it is',
      [
        ...healthyPipeline().filter(isNo('Sensor')),
        listener('Sensor', [condition('Deployed', 'Unknown')]),
      ],
      { trigger: 'running trigger.starting' },
      'running trigger.starting',
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
  ])('%s', (_name, objects, stages, summary) => {
    const delivery = deliveryFor(objects);
    expect(stagesOf(delivery)).toMatchObject(stages);
    expect(`${delivery.summary.status} ${delivery.summary.sentence.code}`).toBe(
      summary,
    );
  });
});
