import { distributionOf, median, quantile, rounded } from './statistics.ts';

describe('statistics', () => {
  it('tells ranks that were measured, whatever the order', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(distributionOf(hundred)).toEqual({
      count: 100,
      p50: 50,
      p95: 95,
      p99: 99,
      max: 100,
    });
    expect(hundred[0]).toBe(100);
  });

  it('tells the one value of one value, and nothing of none', () => {
    expect(distributionOf([7])).toEqual({
      count: 1,
      p50: 7,
      p95: 7,
      p99: 7,
      max: 7,
    });
    expect(() => distributionOf([])).toThrow('No value was measured');
  });

  it('never tells less than the part that was asked for', () => {
    expect(quantile([1, 2, 3], 0.34)).toBe(2);
    expect(quantile([1, 2, 3], 0.001)).toBe(1);
    expect(median([9, 1, 5, 7])).toBe(5);
  });

  it('keeps three digits, and whole numbers whole', () => {
    expect([0, 0.012345, 9.876, 123.4, 25200.4].map(rounded)).toEqual([
      0, 0.0123, 9.88, 123, 25200,
    ]);
  });
});
