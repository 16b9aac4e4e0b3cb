import { run } from '../history/__testUtils__/records';
import { toRuns } from './runs';

describe('toRuns', () => {
  it('tells how long runs of the same purpose usually take, where that is known', () => {
    const at = '2026-11-24T09:00:00Z';
    const runs = [run('u1', at), run('u2', at, { purpose: 'setup' })];
    const usual = [{ purpose: 'build' as const, seconds: 90, samples: 4 }];
    expect(
      toRuns(runs, {}, usual).map(({ usualSeconds }) => usualSeconds),
    ).toEqual([90, undefined]);
    expect(toRuns(runs, {})[0].usualSeconds).toBeUndefined();
  });
});
