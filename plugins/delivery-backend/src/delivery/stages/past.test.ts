import {
  deliveryFor,
  isNo,
  stageOf,
  stagesOf,
} from '../../__testUtils__/deliveryFor';
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
} from '../../__testUtils__/objects';
import {
  past,
  recordedDeployment,
  recordedRun,
} from '../journey/__testUtils__/past';
import { NOTHING_BEYOND, type Past } from '../journey/beyond';

const withPast = (objects: object[], known: Partial<Past>) =>
  deliveryFor(objects, { beyond: { ...NOTHING_BEYOND, past: past(known) } });

/** What is deployed where; of runs only those that are kept for long. */
const holding = (inDev: string, inProd: string) => [
  ...healthyPipeline(inDev).filter(isNo('Workflow', 'Application')),
  setupRun('Succeeded'),
  firstBuild('Succeeded', buildSteps()),
  application('dev', inDev),
  oamApplication('dev', inDev),
  application('prod', inProd),
  oamApplication('prod', inProd),
];

describe('a promotion that somebody asked for', () => {
  const pullRequest = 'https://git.example/team/checkout/pulls/3';
  const asked = {
    id: pullRequest,
    to: 'prod',
    imageTag: COMMIT,
    pullRequest,
    requestedAt: '2026-11-24T07:00:00Z',
  };

  it('waits for its pull request, and is not offered once more', () => {
    const stage = stageOf(
      withPast(healthyPipeline(), { promotions: [asked] }),
      'promotion:prod',
    );
    expect(stage).toMatchObject({
      status: 'waiting',
      sentence: { code: 'promotion.asked' },
      since: asked.requestedAt,
      links: [{ title: 'Pull request', url: pullRequest }],
      diagnosis: { nextStep: { code: 'promotion.asked.next' }, routine: true },
    });
    expect(stage?.diagnosis?.operation).toBeUndefined();
  });

  it.each([
    ['another image', { promotions: [{ ...asked, imageTag: OLDER_COMMIT }] }],
    ['another environment', { promotions: [{ ...asked, to: 'stage' }] }],
    [
      'what has come there since, and was rolled back',
      {
        promotions: [asked],
        deployments: [
          recordedDeployment('prod', COMMIT, '2026-11-24T07:30:00Z'),
        ],
      },
    ],
  ])('says nothing of %s', (_what, known) => {
    expect(
      stageOf(withPast(healthyPipeline(), known), 'promotion:prod'),
    ).toMatchObject({
      sentence: { code: 'promotion.first' },
      diagnosis: { operation: { operation: 'promote', environment: 'prod' } },
    });
  });
});

describe('after a rollback of dev whose runs are forgotten', () => {
  const runs = [
    recordedRun(COMMIT, '2026-11-24T06:00:00Z'),
    recordedRun(OLDER_COMMIT, '2026-11-23T06:00:00Z'),
  ];
  const offered = (objects: object[], known: Partial<Past>) =>
    stageOf(withPast(objects, known), 'promotion:prod')?.diagnosis?.operation;

  it('the older commit is not offered to prod', () => {
    expect(offered(holding(OLDER_COMMIT, COMMIT), { runs })).toBeUndefined();
    // Of the older one nothing is remembered any more.
    expect(
      offered(holding(OLDER_COMMIT, COMMIT), { runs: [runs[0]] }),
    ).toBeUndefined();
  });

  it('a newer one is', () => {
    const promote = { operation: 'promote', environment: 'prod' };
    expect(offered(holding(COMMIT, OLDER_COMMIT), { runs })).toEqual(promote);
    expect(offered(holding(COMMIT, 'initial'), { runs: [] })).toEqual(promote);
  });
});

describe('a newer build than what dev has', () => {
  const came = recordedDeployment('dev', OLDER_COMMIT, '2026-11-24T06:01:40Z');
  // Argo CD synced dev after it, at 06:04, for another reason.
  const objects = (phase: string) => [
    ...holding(OLDER_COMMIT, OLDER_COMMIT),
    pushBuild(COMMIT, phase, [], {
      creationTimestamp: '2026-11-24T06:01:50Z',
    }),
  ];

  it.each([
    ['Failed', 'failed build.failed'],
    ['Running', 'running build.pending'],
  ])('that is %s stays the newest one', (phase, build) => {
    expect(
      stagesOf(withPast(objects(phase), { deployments: [came] })),
    ).toMatchObject({
      source: 'succeeded source.pushed',
      build,
      image: 'succeeded image.newest',
    });
    const image = stageOf(
      withPast(objects(phase), { deployments: [came] }),
      'image',
    );
    expect(image?.sentence.values).toEqual({ tag: OLDER_COMMIT.slice(0, 7) });
  });

  it('is not hidden while it runs, though nothing of before is known', () => {
    expect(stagesOf(deliveryFor(objects('Running')))).toMatchObject({
      build: 'running build.pending',
    });
  });
});
