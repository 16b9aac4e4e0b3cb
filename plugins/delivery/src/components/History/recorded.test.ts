import { fixture } from '../../__fixtures__';
import { pastOf } from '../../__fixtures__/past';
import { deploymentDays } from './deploymentDays';
import { pastMark } from './pastMark';
import { durationTicks, runPoints } from './runPoints';
import { dayIn, spanOf } from './span';

const noon = new Date(2026, 10, 24, 12).getTime();
const hour = 3_600_000;

describe('spanOf', () => {
  it('is whole days of the user, of which today is the last', () => {
    const span = spanOf(7, noon);
    expect(new Date(span.from)).toEqual(new Date(2026, 10, 18));
    expect(new Date(span.to)).toEqual(new Date(2026, 10, 25));
    expect(dayIn(span, noon)).toBe(6);
    expect(dayIn(span, span.from)).toBe(0);
  });

  it('counts each day once, also where clocks are put back or forward', () => {
    const span = spanOf(365, noon);
    const days = Array.from({ length: 365 }, (_, day) => {
      const date = new Date(span.from);
      date.setDate(date.getDate() + day);
      return [dayIn(span, date.getTime()), dayIn(span, date.setHours(23))];
    });
    expect(days).toEqual(days.map((_, day) => [day, day]));
  });
});

describe('deploymentDays', () => {
  it('counts per environment and day, in the order of promotion', () => {
    const { deployments, promotions } = pastOf(
      fixture('failed-build', noon),
      noon,
    ).deployments;
    const [model] = deployments;
    const at = (hours: number, change = {}) => ({
      ...model,
      environment: 'prod',
      finishedAt: new Date(noon - hours * hour).toISOString(),
      outcome: 'succeeded' as const,
      ...change,
    });
    const days = deploymentDays(
      {
        deployments: [
          at(1),
          at(2, { outcome: 'failed' }),
          at(24),
          at(3, { environment: 'preview' }),
          at(24 * 8),
        ],
        promotions: [
          { ...promotions[0], requestedAt: at(24).finishedAt },
          { ...promotions[0], requestedAt: at(24 * 8).finishedAt },
        ],
      },
      ['dev', 'prod'],
      spanOf(7, noon),
    );
    expect(days).toEqual({
      environments: [
        { name: 'dev', succeeded: 0, failed: 0, days: [] },
        {
          name: 'prod',
          succeeded: 2,
          failed: 1,
          days: [
            { day: 5, succeeded: 1, failed: 0 },
            { day: 6, succeeded: 1, failed: 1 },
          ],
        },
        {
          name: 'preview',
          succeeded: 1,
          failed: 0,
          days: [{ day: 6, succeeded: 1, failed: 0 }],
        },
      ],
      promotions: [expect.objectContaining({ to: 'prod' })],
    });
  });
});

describe('runPoints', () => {
  const past = pastOf(fixture('failed-build', noon), noon);

  it('are the runs of the span, the oldest first, told apart by how they ended', () => {
    const span = spanOf(30, noon);
    const points = runPoints(past.runs, span);
    expect(points.length).toBeGreaterThan(20);
    expect(points.length).toBeLessThan(past.runs.runs.length);
    expect(points.map(({ endedAt }) => endedAt)).toEqual(
      points.map(({ endedAt }) => endedAt).sort((a, b) => a - b),
    );
    const [run] = past.runs.runs;
    expect(
      runPoints(
        {
          runs: [
            { ...run, status: 'unknown', durationSeconds: undefined },
            { ...run, status: 'failed', durationSeconds: 7 },
          ],
        },
        span,
      ),
    ).toMatchObject([
      { outcome: 'other', seconds: 0 },
      { outcome: 'failed', seconds: 7 },
    ]);
  });

  it.each([
    [0.5, [0]],
    [7, [0, 2, 4, 6]],
    [200, [0, 60, 120, 180]],
    [240, [0, 60, 120, 180, 240]],
    [5_000, [0, 1_800, 3_600]],
  ])('have round durations beside them: up to %d s', (longest, ticks) => {
    expect(durationTicks(longest)).toEqual(ticks);
  });
});

describe('pastMark', () => {
  const delivery = fixture('on-the-way', noon);
  const [run] = fixture('failed-build', noon).runs;

  it('stays while a run goes on, and changes when something has ended', () => {
    const mark = pastMark(delivery);
    const running = {
      ...run,
      finishedAt: undefined,
      progress: { done: 1, total: 5 },
    };
    expect(pastMark({ ...delivery, runs: [running, ...delivery.runs] })).toBe(
      mark,
    );
    expect(pastMark({ ...delivery, runs: [run, ...delivery.runs] })).not.toBe(
      mark,
    );
    const [dev, ...others] = delivery.environments;
    expect(
      pastMark({
        ...delivery,
        environments: [
          { ...dev, argoCd: { ...dev.argoCd, health: 'Degraded' } },
          ...others,
        ],
      }),
    ).not.toBe(mark);
  });
});
