import {
  application,
  buildSteps,
  COMMIT,
  deployment,
  firstBuild,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
} from '../../__testUtils__/objects';
import {
  journeysFor,
  told,
  done,
  awaited,
  BUILT,
  IN_DEV,
  AWAITS_DEV,
  AWAITS_PROD,
} from './__testUtils__/journeys';

const DEPLOYED_BEFORE = [
  {
    id: 1,
    deployStartedAt: '2026-11-24T05:00:00Z',
    deployedAt: '2026-11-24T05:00:10Z',
  },
];

describe('the steps of a commit', () => {
  it.each<[string, object[], string[]]>([
    [
      'a run that has not begun',
      [pipeline(), pushBuild(COMMIT, undefined)],
      [
        'pushed succeeded',
        'run-started waiting build.pending',
        ...awaited('built', 'in-registry', 'manifest-bumped'),
      ],
    ],
    [
      'a run at its tests',
      [pipeline(), pushBuild(COMMIT, 'Running', buildSteps('run-tests'))],
      [
        ...done('pushed', 'run-started'),
        'built running build.running',
        ...awaited('in-registry', 'manifest-bumped'),
      ],
    ],
    [
      'a run whose tests failed',
      [
        pipeline(),
        pushBuild(COMMIT, 'Failed', buildSteps('run-tests', 'Failed')),
      ],
      [
        ...done('pushed', 'run-started'),
        'built failed build.failedAt',
        ...awaited('in-registry', 'manifest-bumped'),
      ],
    ],
    [
      'a run that could not write the manifest',
      [
        pipeline(),
        pushBuild(COMMIT, 'Failed', buildSteps('update-deployment', 'Failed')),
      ],
      [
        ...done('pushed', 'run-started', 'built', 'in-registry'),
        'manifest-bumped failed build.failedAt',
      ],
    ],
    [
      'the first build',
      [pipeline(), firstBuild('Succeeded', buildSteps())],
      done('run-started', 'built', 'in-registry', 'manifest-bumped'),
    ],
  ])('before any environment: %s', (_, objects, steps) => {
    const [journey] = journeysFor(objects);
    expect(told(journey).filter(step => !step.includes(':'))).toEqual(steps);
    expect(
      journey.steps
        .filter(({ environment }) => environment)
        .every(({ status }) => status !== 'succeeded'),
    ).toBe(true);
  });

  it.each<[string, object[], string[]]>([
    [
      'Argo CD has not noticed',
      [
        application('dev', OLDER_COMMIT, {
          status: { history: DEPLOYED_BEFORE },
        }),
      ],
      [
        'noticed:dev waiting deploy.notNoticed',
        ...AWAITS_DEV.slice(1),
        ...AWAITS_PROD,
      ],
    ],
    [
      'Argo CD is syncing',
      [
        application('dev', OLDER_COMMIT, {
          status: {
            operationState: { phase: 'Running' },
            history: DEPLOYED_BEFORE,
          },
        }),
      ],
      [
        'noticed:dev succeeded',
        'synced:dev running deploy.syncing',
        ...AWAITS_DEV.slice(2),
        ...AWAITS_PROD,
      ],
    ],
    [
      'Argo CD could not sync',
      [
        application('dev', OLDER_COMMIT, {
          status: {
            sync: { status: 'OutOfSync' },
            operationState: { phase: 'Failed', message: 'refused' },
            history: DEPLOYED_BEFORE,
          },
        }),
      ],
      [
        'noticed:dev succeeded',
        'synced:dev failed deploy.failed',
        ...AWAITS_DEV.slice(2),
        ...AWAITS_PROD,
      ],
    ],
    [
      'KubeVela is rolling it out',
      [
        application('dev', COMMIT),
        oamApplication('dev', COMMIT, { status: { status: 'rendering' } }),
      ],
      [
        ...IN_DEV.slice(0, 2),
        'rolled-out:dev running run.rendering',
        'healthy:dev waiting',
        'promoted:prod waiting promotion.notHealthy',
        ...AWAITS_PROD.slice(1),
      ],
    ],
    [
      'it is not healthy',
      [
        application('dev', COMMIT),
        oamApplication('dev', COMMIT, { status: { status: 'unhealthy' } }),
      ],
      [
        ...IN_DEV.slice(0, 3),
        'healthy:dev failed run.unhealthy',
        'promoted:prod waiting promotion.notHealthy',
        ...AWAITS_PROD.slice(1),
      ],
    ],
    [
      'it waits to be promoted',
      [
        application('dev', COMMIT),
        oamApplication('dev', COMMIT),
        deployment('dev'),
      ],
      [
        ...IN_DEV,
        'promoted:prod waiting promotion.first',
        ...AWAITS_PROD.slice(1),
      ],
    ],
    [
      'it runs everywhere',
      [
        ...['dev', 'prod'].flatMap(name => [
          application(name, COMMIT),
          oamApplication(name, COMMIT),
          deployment(name),
        ]),
      ],
      [
        ...IN_DEV,
        ...done(
          'promoted:prod',
          'synced:prod',
          'rolled-out:prod',
          'healthy:prod',
        ),
      ],
    ],
  ])('after its build: %s', (_, objects, steps) => {
    const environments = objects.some(each =>
      JSON.stringify(each).includes('checkout-prod-cd'),
    )
      ? []
      : [application('prod')];
    const [journey] = journeysFor([
      pipeline(),
      pushBuild(COMMIT, 'Succeeded', buildSteps()),
      ...objects,
      ...environments,
    ]);
    expect(told(journey)).toEqual([...BUILT, ...steps]);
  });
  it('has its times from the system that knows each', () => {
    const [journey] = journeysFor(healthyPipeline());
    expect(journey).toMatchObject({
      tag: COMMIT,
      commit: COMMIT,
      run: 'checkout-cicd-9f3c1',
      status: 'waiting',
      current: 'promoted:prod',
      startedAt: '2026-11-24T06:02:00Z',
    });
    expect(
      journey.steps.flatMap(({ id, at }) => (at ? [[id, at]] : [])),
    ).toEqual([
      ['pushed', '2026-11-24T06:02:00Z'],
      ['run-started', '2026-11-24T06:02:00Z'],
      ['built', '2026-11-24T06:03:12Z'],
      ['in-registry', '2026-11-24T06:03:12Z'],
      ['manifest-bumped', '2026-11-24T06:03:13Z'],
      ['noticed:dev', '2026-11-24T06:04:00Z'],
      ['synced:dev', '2026-11-24T06:04:10Z'],
      ['healthy:dev', '2026-11-24T06:04:40Z'],
    ]);
  });
});
