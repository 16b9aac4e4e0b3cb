import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  Journey,
  RecordedDeployment,
  RecordedRun,
} from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  deployment,
  firstBuild,
  healthyPipeline,
  listener,
  oamApplication,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
} from '../../__testUtils__/objects';
import type { Beyond, Past } from './beyond';

const NEWER = 'a'.repeat(40);

const DEPLOYED_BEFORE = [
  {
    id: 1,
    deployStartedAt: '2026-11-24T05:00:00Z',
    deployedAt: '2026-11-24T05:00:10Z',
  },
];

/** Objects of a moment of the local platform. */
function recorded(name: string): any[] {
  const file = path.resolve(__dirname, '../../__fixtures__', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function journeysFor(objects: object[], beyond: Partial<Beyond> = {}) {
  const found: any = objects.find(
    each => (each as { kind: string }).kind === 'CICDPipeline',
  );
  const { journeys = [] } = deliveryFor(objects, {
    annotations: {
      'kro.run/instance-name': found.metadata.name,
      'kro.run/instance-namespace': found.metadata.namespace,
    },
    beyond: { commit: () => undefined, between: () => undefined, ...beyond },
  });
  return journeys;
}

/** `id status` of each step, with the code of its sentence. */
const told = ({ steps }: Journey) =>
  steps.map(({ id, status, sentence }) =>
    [id, status, sentence?.code].filter(Boolean).join(' '),
  );

const done = (...ids: string[]) => ids.map(id => `${id} succeeded`);
const awaited = (...ids: string[]) => ids.map(id => `${id} waiting`);

const BUILT = done(
  'pushed',
  'run-started',
  'built',
  'in-registry',
  'manifest-bumped',
);
const IN_DEV = done(
  'noticed:dev',
  'synced:dev',
  'rolled-out:dev',
  'healthy:dev',
);
const AWAITS_DEV = awaited(
  'noticed:dev',
  'synced:dev',
  'rolled-out:dev',
  'healthy:dev',
);
const AWAITS_PROD = awaited(
  'promoted:prod',
  'synced:prod',
  'rolled-out:prod',
  'healthy:prod',
);

const past = (some: Partial<Past>): Past => ({
  runs: [],
  deployments: [],
  promotions: [],
  ...some,
});

const recordedRun = (tag: string, createdAt: string): RecordedRun => ({
  uid: `uid-${tag}`,
  name: `checkout-cicd-${tag.slice(0, 5)}`,
  namespace: 'team-checkout',
  purpose: 'build',
  phase: 'Succeeded',
  status: 'succeeded',
  imageTag: tag,
  commit: tag,
  createdAt,
  startedAt: createdAt,
  finishedAt: createdAt.replace(':00:00Z', ':03:00Z'),
  steps: [],
});

const recordedDeployment = (
  environment: string,
  tag: string,
  finishedAt: string,
): RecordedDeployment => ({
  environment,
  application: `checkout-${environment}-cd`,
  applicationUid: environment,
  id: finishedAt,
  outcome: 'succeeded',
  imageTag: tag,
  commit: tag,
  startedAt: finishedAt,
  finishedAt,
  healthyAt: finishedAt,
});

describe('the way of a commit', () => {
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

  it('ends where a newer commit came first', () => {
    const [newer, older, first] = journeysFor([
      ...healthyPipeline(),
      pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), {
        creationTimestamp: '2026-11-24T06:01:50Z',
      }),
    ]);
    expect([newer.tag, older.tag, first.tag]).toEqual([
      COMMIT,
      OLDER_COMMIT,
      'initial',
    ]);
    expect(told(older)).toEqual([
      ...BUILT,
      ...AWAITS_DEV.map(step =>
        step.replace('waiting', 'skipped journey.overtaken'),
      ),
      'promoted:prod skipped journey.overtaken',
      ...AWAITS_PROD.slice(1),
    ]);
    expect(older).toMatchObject({ status: 'waiting' });
  });

  it('does not go on after a failure when a newer one was built', () => {
    const [, failed] = journeysFor([
      ...healthyPipeline(),
      pushBuild(OLDER_COMMIT, 'Failed', buildSteps('run-tests', 'Failed'), {
        creationTimestamp: '2026-11-24T06:01:50Z',
      }),
    ]);
    expect(failed).toMatchObject({ status: 'failed', current: 'built' });
    expect(told(failed).slice(2, 5)).toEqual([
      'built failed build.failedAt',
      'in-registry skipped journey.afterFailure',
      'manifest-bumped skipped journey.afterFailure',
    ]);
  });

  it('is told of what the cluster has forgotten', () => {
    const isOldBuild = (each: object) =>
      (each as { kind: string }).kind === 'Workflow';
    const objects = healthyPipeline().filter(each => !isOldBuild(each));
    const [forgotten] = journeysFor(objects);
    expect(told(forgotten).slice(0, 2)).toEqual([
      'pushed succeeded',
      'run-started succeeded journey.runForgotten',
    ]);
    const [newest, older] = journeysFor(objects, {
      past: past({
        runs: [
          recordedRun(COMMIT, '2026-11-24T06:00:00Z'),
          recordedRun(OLDER_COMMIT, '2026-11-23T06:00:00Z'),
        ],
        deployments: [
          recordedDeployment('prod', OLDER_COMMIT, '2026-11-23T09:00:00Z'),
          recordedDeployment('dev', OLDER_COMMIT, '2026-11-23T06:05:00Z'),
        ],
      }),
    });
    expect(told(newest).slice(0, 5)).toEqual(BUILT);
    expect(newest.run).toBe('checkout-cicd-9f3c1');
    expect(older).toMatchObject({ tag: OLDER_COMMIT, status: 'succeeded' });
    expect(older.current).toBeUndefined();
    expect(older.steps.find(({ id }) => id === 'healthy:prod')?.at).toBe(
      '2026-11-23T09:00:00Z',
    );
  });

  it('waits for the pull request that was opened for it', () => {
    const pullRequest = 'https://git.example/team/checkout/pulls/3';
    const [journey] = journeysFor(healthyPipeline(), {
      past: past({
        promotions: [
          {
            id: pullRequest,
            to: 'prod',
            imageTag: COMMIT,
            pullRequest,
            requestedAt: '2026-11-24T07:00:00Z',
          },
        ],
      }),
    });
    expect(
      journey.steps.find(({ id }) => id === 'promoted:prod'),
    ).toMatchObject({
      status: 'waiting',
      sentence: { code: 'journey.promotionAsked' },
      links: [{ title: 'Pull request', url: pullRequest }],
    });
  });

  it('says who made the commit, and what one environment has more than the next', () => {
    const about = { title: 'Faster', author: 'Ada', paths: ['src/a.ts'] };
    const objects = [
      ...healthyPipeline().filter(
        each => !JSON.stringify(each).includes('checkout-prod-cd'),
      ),
      application('prod', OLDER_COMMIT),
      oamApplication('prod', OLDER_COMMIT),
    ];
    const { environments, journeys } = deliveryFor(objects, {
      beyond: {
        commit: sha => (sha === COMMIT ? { sha, ...about } : undefined),
        between: (base, head) =>
          base === OLDER_COMMIT && head === COMMIT
            ? {
                count: 30,
                commits: Array(30).fill({ sha: COMMIT, ...about }),
              }
            : undefined,
      },
    });
    const commit = { sha: COMMIT, title: 'Faster', author: 'Ada' };
    expect(journeys?.[0].about).toEqual(commit);
    expect(environments[0]).toMatchObject({
      commit,
      ahead: { of: 'prod', count: 30 },
    });
    expect(environments[0].ahead?.commits).toHaveLength(20);
    expect(environments[1].commit).toBeUndefined();
    expect(environments[1].ahead).toBeUndefined();
  });

  it.each<[string, object, Partial<Past>, string | undefined]>([
    [
      'the pipeline itself made it',
      { author: 'CI/CD Pipeline' },
      {},
      undefined,
    ],
    [
      'it changes manifests only',
      { author: 'Ada', paths: ['deployment/prod/application.yaml'] },
      {},
      'skipped push.deploymentOnly',
    ],
    [
      'nobody heard of it',
      {
        author: 'Ada',
        paths: ['src/a.ts'],
        committedAt: '2026-11-24T07:00:00Z',
      },
      {},
      'missing push.lost',
    ],
    [
      'its run may be forgotten',
      {
        author: 'Ada',
        paths: ['src/a.ts'],
        committedAt: '2026-11-20T07:00:00Z',
      },
      {},
      undefined,
    ],
    [
      'its run is remembered',
      { author: 'Ada', committedAt: '2026-11-24T07:00:00Z' },
      { runs: [recordedRun(NEWER, '2026-11-24T07:00:00Z')] },
      undefined,
    ],
  ])(
    'ends with the push where it started no run: %s',
    (_, about, some, expected) => {
      const objects = [
        ...healthyPipeline().filter(
          each => !JSON.stringify(each).includes('checkout-dev-cd'),
        ),
        application('dev', COMMIT, {
          status: { sync: { status: 'Synced', revision: NEWER } },
        }),
        listener('Sensor'),
      ];
      const journeys = journeysFor(objects, {
        past: past(some),
        commit: sha =>
          sha === NEWER ? { sha, title: 'Change', ...about } : undefined,
      });
      const unbuilt = journeys.find(
        ({ tag, run }) => tag === NEWER && run === undefined,
      );
      expect(
        unbuilt &&
          [unbuilt.status, unbuilt.steps.at(-1)?.sentence?.code].join(' '),
      ).toBe(expected);
    },
  );

  it('is shown of ten commits, and of those that an environment holds', () => {
    const runs = Array.from({ length: 14 }, (_, index) =>
      recordedRun(
        String(index).repeat(40).slice(0, 40),
        `2026-11-${String(10 + index)}T06:00:00Z`,
      ),
    );
    const journeys = journeysFor(
      healthyPipeline(runs[0].imageTag).filter(
        each => (each as { kind: string }).kind !== 'Workflow',
      ),
      { past: past({ runs: runs.toReversed() }) },
    );
    expect(journeys).toHaveLength(11);
    expect(journeys.at(-1)?.tag).toBe(runs[0].imageTag);
  });

  it.each<[string, Array<[status: string, current: string | undefined]>]>([
    ['setup-failed', []],
    ['first-build-failed', [['failed', 'built']]],
    ['healthy', [['waiting', 'promoted:prod']]],
    [
      'building',
      [
        ['running', 'built'],
        ['failed', 'built'],
        ['waiting', 'promoted:prod'],
      ],
    ],
    [
      'build-failed',
      [
        ['failed', 'built'],
        ['waiting', 'promoted:prod'],
      ],
    ],
    ['rollout-failed', [['failed', 'rolled-out:dev']]],
  ])('of the local platform: %s', (name, expected) => {
    const journeys = journeysFor(recorded(name));
    expect(
      journeys
        .slice(0, expected.length || undefined)
        .map(({ status, current }) => [status, current]),
    ).toEqual(expected);
  });
});
