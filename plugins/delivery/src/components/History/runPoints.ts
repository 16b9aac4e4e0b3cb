import type {
  RecordedRun,
  RunHistory,
} from '@golden-path/plugin-delivery-common';
import type { Span } from './span';

/** How a run ended, as far as its mark in the chart tells. */
export type Outcome = 'succeeded' | 'failed' | 'other';

export type RunPoint = {
  run: RecordedRun;
  /** Milliseconds since 1970. */
  endedAt: number;
  /** 0 for a run that never began. */
  seconds: number;
  outcome: Outcome;
};

/** The runs that ended in a span, the oldest first. */
export function runPoints(
  { runs }: Pick<RunHistory, 'runs'>,
  span: Span,
): RunPoint[] {
  return runs
    .map(run => ({
      run,
      endedAt: Date.parse(run.finishedAt),
      seconds: run.durationSeconds ?? 0,
      outcome: outcomeOf(run),
    }))
    .filter(({ endedAt }) => endedAt >= span.from && endedAt < span.to)
    .sort((a, b) => a.endedAt - b.endedAt);
}

function outcomeOf({ status }: RecordedRun): Outcome {
  return status === 'succeeded' || status === 'failed' ? status : 'other';
}

const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400,
  21_600, 43_200, 86_400, 172_800, 604_800,
];

/**
 * Round durations for an axis, from 0, at most five of them.
 *
 * @param longest - seconds
 */
export function durationTicks(longest: number): number[] {
  const step =
    STEPS.find(each => longest / each <= 4) ?? STEPS[STEPS.length - 1];
  return Array.from(
    { length: Math.floor(longest / step) + 1 },
    (_, index) => index * step,
  ).slice(0, 5);
}
