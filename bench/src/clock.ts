/**
 * Milliseconds by a clock that all processes of this machine share and that never
 * jumps; of no use as a time of day.
 */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
