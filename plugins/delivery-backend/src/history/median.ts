/**
 * The middle of some numbers; of an even count the mean of the two in the middle.
 *
 * @returns `undefined` where there are none
 */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : mean(sorted[middle - 1], sorted[middle]);
}

function mean(low?: number, high?: number): number | undefined {
  return low === undefined || high === undefined
    ? undefined
    : low + (high - low) / 2;
}
