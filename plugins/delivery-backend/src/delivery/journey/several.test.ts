import {
  buildSteps,
  COMMIT,
  healthyPipeline,
  OLDER_COMMIT,
  pushBuild,
} from '../../__testUtils__/objects';
import { recorded } from '../../__testUtils__/recorded';
import {
  journeysFor,
  told,
  BUILT,
  AWAITS_DEV,
  AWAITS_PROD,
} from './__testUtils__/journeys';

describe('the ways of several commits', () => {
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
      ...[...AWAITS_DEV, ...AWAITS_PROD].map(step =>
        step.replace('waiting', 'skipped journey.overtaken'),
      ),
    ]);
    expect(older).toMatchObject({ status: 'skipped', current: 'noticed:dev' });
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
