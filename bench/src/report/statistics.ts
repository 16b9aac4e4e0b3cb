/** How a quantity was distributed, in the unit of its values. */
export interface Distribution {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/**
 * The smallest value that at least the given part of all values do not exceed
 * (nearest rank): always one that was measured, never one in between.
 *
 * @param sorted - in ascending order, at least one
 * @param part - above 0, at most 1
 */
export function quantile(sorted: readonly number[], part: number): number {
  if (sorted.length === 0) {
    throw new Error('No value was measured');
  }
  return sorted[Math.max(Math.ceil(part * sorted.length), 1) - 1];
}

/** @throws when there is no value */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  };
}

/** The middle of several measurements of the same thing. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** A value to be read by people: three digits that count, none that do not. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : +value.toPrecision(3);
}
