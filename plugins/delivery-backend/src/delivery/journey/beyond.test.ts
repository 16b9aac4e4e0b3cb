import { deliveryFor } from '../../__testUtils__/deliveryFor';
import {
  application,
  COMMIT,
  healthyPipeline,
  listener,
  oamApplication,
  OLDER_COMMIT,
} from '../../__testUtils__/objects';
import { journeysFor, told, BUILT } from './__testUtils__/journeys';
import type { Past } from './beyond';
import { past, recordedDeployment, recordedRun } from './__testUtils__/past';

const NEWER = 'a'.repeat(40);

describe('a commit beyond the clusters', () => {
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
});
