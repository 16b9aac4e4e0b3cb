import type {
  RecordedRun,
  UsualDuration,
} from '@golden-path/plugin-delivery-common';
import { median } from './median';

/** More would make what was changed last count for little. */
export const DURATION_SAMPLES = 20;

/**
 * How long runs of each purpose usually take: the median of the newest that succeeded.
 *
 * @param runs - in any order
 */
export function usualDurations(
  runs: ReadonlyArray<
    Pick<RecordedRun, 'purpose' | 'status' | 'finishedAt' | 'durationSeconds'>
  >,
): UsualDuration[] {
  const newestFirst = [...runs].sort(
    (a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt),
  );
  const purposes = [...new Set(newestFirst.map(({ purpose }) => purpose))];
  return purposes.sort().flatMap(purpose => {
    const durations = newestFirst
      .filter(run => run.purpose === purpose && run.status === 'succeeded')
      .flatMap(({ durationSeconds }) => durationSeconds ?? [])
      .slice(0, DURATION_SAMPLES);
    const seconds = median(durations);
    return seconds === undefined
      ? []
      : [{ purpose, seconds, samples: durations.length }];
  });
}
