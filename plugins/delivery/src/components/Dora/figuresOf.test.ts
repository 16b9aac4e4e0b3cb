import { dora } from '../../__fixtures__/past';
import { figuresOf, trendOf } from './figuresOf';

/** Says the key and what is put into it. */
const t = ((key: string, values: object = {}) =>
  [key, ...Object.values(values)].join(' ')) as unknown as Parameters<
  typeof figuresOf
>[1]['t'];

describe('figuresOf', () => {
  it('tells each figure and what it is made of', () => {
    expect(figuresOf(dora(), { t, language: 'en' })).toEqual({
      deployments: { value: 'dora.perDay 2.4', note: 'dora.total 72' },
      leadTime: { value: '1 hr 12 min', note: 'dora.median 72' },
      failures: { value: '5.6%', note: 'dora.of 4 72' },
      restore: { value: '18 min', note: 'dora.unrestored 1' },
    });
  });

  it.each([
    [1, 'dora.perDay 1'],
    [0.5, 'dora.perWeek 3.5'],
    [1 / 30, 'dora.perMonth 1'],
  ])('tells %d a day in a unit that one can imagine', (perDay, value) => {
    const figures = {
      ...dora(),
      deploymentFrequency: { perDay, deployments: 1 },
    };
    expect(figuresOf(figures, { t, language: 'en' }).deployments.value).toBe(
      value,
    );
  });

  it('has no value where there is too little, rather than zero, and says what is missing', () => {
    const { window, changeFailureRate } = dora();
    const figures = { window, unrestored: 0 };
    expect(figuresOf(figures, { t, language: 'en' })).toEqual({
      deployments: { note: 'dora.needs.deployments' },
      leadTime: { note: 'dora.needs.leadTime' },
      failures: { note: 'dora.needs.failures' },
      restore: { note: 'dora.needs.failures' },
    });
    expect(
      figuresOf({ ...figures, changeFailureRate }, { t, language: 'en' })
        .restore,
    ).toEqual({ note: 'dora.needs.restore' });
  });
});

describe('trendOf', () => {
  it('is zero where nothing was deployed, and silent where nothing was seen', () => {
    const { window, deploymentFrequency } = dora();
    const part = { window, unrestored: 0 };
    const trend = [
      { ...part, window: { ...window, observedDays: 0 } },
      part,
      { ...part, deploymentFrequency },
    ];
    expect(trendOf({ trend }, 'deployments')).toEqual([undefined, 0, 2.4]);
    expect(trendOf({ trend }, 'leadTime')).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(trendOf({}, 'failures')).toEqual([]);
  });
});
