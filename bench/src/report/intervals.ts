export interface Interval {
  begin: number;
  end: number;
}

/** How much time at least one of the intervals covers. */
export function covered(intervals: readonly Interval[]): number {
  let sum = 0;
  let until = -Infinity;
  for (const { begin, end } of [...intervals].sort(
    (a, b) => a.begin - b.begin,
  )) {
    sum += Math.max(end - Math.max(begin, until), 0);
    until = Math.max(until, end);
  }
  return sum;
}
