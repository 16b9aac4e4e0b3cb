import { updatesOf } from './updates.ts';

describe('updatesOf', () => {
  it('takes the frame that shows a change, or a later one where that came first', () => {
    const updates = updatesOf(
      {
        arrived: [
          [1, 100],
          [2, 150],
          [4, 155],
          [5, 300],
        ],
        painted: [
          [1, 112],
          [4, 171],
        ],
        longTasks: [60],
        layoutShifts: [0.01, 0.002],
        eventBytes: 10,
      },
      5,
    );
    expect(updates.latencies).toEqual([12, 21, 16]);
    // The last one was never seen.
    expect(updates).toMatchObject({ events: 4, changes: 5 });
    expect(updates.layoutShift).toBeCloseTo(0.012);
  });
});
