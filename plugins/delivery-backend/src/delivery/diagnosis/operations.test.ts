import type {
  Delivery,
  OperationRequest,
  SentenceCode,
} from '@golden-path/plugin-delivery-common';
import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  firstBuild,
  healthyPipeline,
  listener,
  oamApplication,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
  condition,
  repository,
  setupRun,
} from '../../__testUtils__/objects';

/** What a stage says, what comes next, whether it alarms, and what does it. */
function diagnosisOf(delivery: Delivery, id: string) {
  const { diagnosis } = stageOf(delivery, id) ?? {};
  return (
    diagnosis && [
      diagnosis.cause.code,
      diagnosis.nextStep.code,
      diagnosis.routine ? 'routine' : 'urgent',
      diagnosis.operation,
    ]
  );
}

const without = (name: string) =>
  healthyPipeline().filter(
    each => (each as { metadata: { name: string } }).metadata.name !== name,
  );

const dev = (status: object, spec: object = {}) => [
  ...without('checkout-dev-cd'),
  application('dev', COMMIT, { status: status as any, spec: spec as any }),
];

const DRIFTED = {
  sync: { status: 'OutOfSync', revision: OLDER_COMMIT },
  history: [
    {
      id: 1,
      revision: OLDER_COMMIT,
      deployStartedAt: '2026-11-24T06:04:00Z',
      deployedAt: '2026-11-24T06:04:10Z',
    },
  ],
  resources: [
    { kind: 'Service', name: 'checkout', namespace: 'a', status: 'OutOfSync' },
  ],
};

const AUTOMATED = { syncPolicy: { automated: {} } };

type Case = [
  what: string,
  stage: string,
  objects: object[],
  cause: SentenceCode,
  next: SentenceCode,
  urgency: 'routine' | 'urgent',
  operation?: OperationRequest,
];

describe('what to press', () => {
  it.each<Case>([
    [
      'nothing was pushed yet',
      'source',
      [pipeline()],
      'source.noPushSeen',
      'source.noPushSeen.first.next',
      'routine',
    ],
    [
      'there is no pipeline',
      'pipeline',
      [],
      'pipeline.notFound',
      'pipeline.notFound.next',
      'urgent',
    ],
    [
      'the set-up failed',
      'pipeline',
      [pipeline(), setupRun('Failed', [['setup-secrets', 'Failed', 'no']])],
      'pipeline.setupFailedAt',
      'pipeline.setupFailed.next',
      'urgent',
      { operation: 'retry-run', run: 'checkout-cicd-setup-workflow' },
    ],
    [
      'the pipeline is suspended',
      'pipeline',
      [
        pipeline({
          metadata: { annotations: { 'kro.run/reconcile': 'suspended' } },
        }),
      ],
      'pipeline.suspended',
      'pipeline.suspended.next',
      'urgent',
      { operation: 'resume-pipeline' },
    ],
    [
      'a sensor is not deployed',
      'trigger',
      [
        pipeline(),
        listener('EventSource'),
        listener('Sensor', [condition('Deployed', 'False', 'no event bus')]),
      ],
      'trigger.notDeployed',
      'trigger.notDeployed.next',
      'urgent',
    ],
    [
      'the first build failed',
      'build',
      [pipeline(), firstBuild('Failed', buildSteps('run-tests', 'Failed'))],
      'build.failedAt',
      'build.firstFailed.next',
      'urgent',
      { operation: 'retry-run', run: 'checkout-cicd-initial-build-workflow' },
    ],
    [
      'a build is running',
      'build',
      [pipeline(), pushBuild(COMMIT, 'Running', buildSteps('run-tests'))],
      'build.running',
      'diagnosis.wait.next',
      'routine',
    ],
    [
      'the registry is not made',
      'image',
      [
        pipeline(),
        repository('main', {
          status: {
            conditions: [condition('ACK.Terminal', 'True', 'no such key')],
          },
        }),
      ],
      'image.failed',
      'image.failed.next',
      'urgent',
    ],
    [
      'the graph makes no registry',
      'image',
      [pipeline()],
      'image.noRepository',
      'image.noRepository.next',
      'urgent',
    ],
    [
      'Argo CD has not noticed',
      'deploy:dev',
      dev({
        history: [
          {
            id: 1,
            deployStartedAt: '2026-11-24T05:00:00Z',
            deployedAt: '2026-11-24T05:00:10Z',
          },
        ],
        summary: {},
      })
        .filter(isNo('Deployment'))
        .map(each =>
          (each as { apiVersion: string }).apiVersion.startsWith('core.oam.dev')
            ? oamApplication('dev', OLDER_COMMIT)
            : each,
        ),
      'deploy.notNoticed',
      'deploy.notNoticed.next',
      'urgent',
      { operation: 'refresh', environment: 'dev' },
    ],
    [
      'Argo CD has not compared',
      'deploy:dev',
      dev({ sync: {} }),
      'deploy.notCompared',
      'deploy.notCompared.next',
      'routine',
      { operation: 'refresh', environment: 'dev' },
    ],
    [
      'Argo CD may not sync by itself',
      'deploy:dev',
      dev({ sync: { status: 'OutOfSync', revision: COMMIT } }),
      'deploy.manual',
      'deploy.manual.next',
      'urgent',
      { operation: 'sync', environment: 'dev' },
    ],
    [
      'Argo CD is about to sync by itself',
      'deploy:dev',
      dev({ sync: { status: 'OutOfSync', revision: COMMIT } }, AUTOMATED),
      'deploy.outOfSync',
      'deploy.outOfSync.next',
      'routine',
    ],
    [
      'somebody changed the cluster',
      'deploy:dev',
      dev(DRIFTED),
      'deploy.drifted',
      'deploy.drifted.next',
      'urgent',
      { operation: 'sync', environment: 'dev' },
    ],
    [
      'somebody changed the cluster, and Argo CD undoes it',
      'deploy:dev',
      dev(DRIFTED, { syncPolicy: { automated: { selfHeal: true } } }),
      'deploy.drifted',
      'deploy.healing.next',
      'urgent',
    ],
    [
      'a sync failed',
      'deploy:dev',
      dev({
        sync: { status: 'OutOfSync' },
        operationState: { phase: 'Failed', message: 'refused' },
      }),
      'deploy.failed',
      'deploy.failed.next',
      'urgent',
      { operation: 'sync', environment: 'dev' },
    ],
    [
      'the manifests cannot be read',
      'deploy:dev',
      dev({
        sync: { status: 'Unknown' },
        conditions: [{ type: 'ComparisonError', message: 'not found' }],
      }),
      'deploy.failed',
      'deploy.failed.next',
      'urgent',
      { operation: 'refresh', environment: 'dev' },
    ],
    [
      'a sync is tried again and again',
      'deploy:dev',
      dev({
        operationState: { phase: 'Running', message: 'no', retryCount: 2 },
      }),
      'deploy.retrying',
      'deploy.retrying.next',
      'urgent',
      { operation: 'terminate-sync', environment: 'dev' },
    ],
    [
      'there is no application of prod',
      'deploy:prod',
      without('checkout-prod-cd'),
      'deploy.noApplication',
      'deploy.noApplication.next',
      'urgent',
    ],
    [
      'it is not healthy',
      'run:dev',
      healthyPipeline().map(each =>
        (each as { apiVersion: string }).apiVersion.startsWith('core.oam.dev')
          ? oamApplication('dev', COMMIT, { status: { status: 'unhealthy' } })
          : each,
      ),
      'run.unhealthy',
      'run.unhealthy.next',
      'urgent',
    ],
    ...(
      [
        ['dev was rolled back', OLDER_COMMIT, COMMIT, undefined],
        [
          'dev is ahead',
          COMMIT,
          OLDER_COMMIT,
          { operation: 'promote', environment: 'prod' },
        ],
      ] as const
    ).map(
      ([what, inDev, inProd, operation]): Case => [
        what,
        'promotion:prod',
        [
          ...healthyPipeline().filter(isNo('Application')),
          pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), {
            creationTimestamp: '2026-11-24T06:01:50Z',
          }),
          application('dev', inDev),
          oamApplication('dev', inDev),
          application('prod', inProd),
          oamApplication('prod', inProd),
        ],
        'promotion.ready',
        'promotion.ready.next',
        'routine',
        operation,
      ],
    ),
    [
      'it may be promoted',
      'promotion:prod',
      healthyPipeline(),
      'promotion.first',
      'promotion.ready.next',
      'routine',
      { operation: 'promote', environment: 'prod' },
    ],
  ])('when %s', (_, id, objects, cause, next, urgency, ...[operation]) => {
    expect(diagnosisOf(deliveryFor(objects), id)).toEqual([
      cause,
      next,
      urgency,
      operation,
    ]);
  });

  it('is nothing where no account may press it', () => {
    const [without_, with_] = [false, true].map(operable =>
      deliveryFor(healthyPipeline(), { operable }),
    );
    expect(with_).toMatchObject({ operable: true });
    expect(with_.notOperable).toBeUndefined();
    expect(without_).toMatchObject({
      operable: false,
      notOperable: { code: 'operable.noAccount', values: { cluster: 'local' } },
    });
  });
});
