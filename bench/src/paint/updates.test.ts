import type { Recorded } from '../browser/recorder.ts';
import { updatesOf } from './updates.ts';

const recorded = (
  arrived: Recorded['arrived'],
  painted: Recorded['painted'],
): Recorded => ({
  arrived,
  painted,
  longTasks: [60],
  layoutShifts: [0.01, 0.002],
  eventBytes: 10,
});

describe('updatesOf', () => {
  it('takes the frame that shows a change, or a later one where that came first', () => {
    const updates = updatesOf(
      recorded(
        [
          [1, 100],
          [2, 150],
          [4, 155],
          [5, 300],
        ],
        [
          [1, 112],
          [4, 171],
        ],
      ),
      5,
      2,
    );
    expect(updates.latencies).toEqual([12, 21, 16]);
    // The last one was never seen.
    expect(updates).toMatchObject({ events: 4, changes: 5, seconds: 2 });
    expect(updates.layoutShift).toBeCloseTo(0.012);
  });

  it('does not guess which frame shows an event where numbers do not grow', () => {
    const disordered: Recorded['arrived'] = [
      [1, 100],
      [16, 130],
      [9, 160],
    ];
    expect(() => updatesOf(recorded(disordered, []), 16, 1)).toThrow(
      'The events show change 9 after 16',
    );
    expect(() => updatesOf(recorded([], disordered), 16, 1)).toThrow(
      'The frames show change 9 after 16',
    );
  });
});
