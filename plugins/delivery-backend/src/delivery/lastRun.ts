import type { DeliveryRow } from '@golden-path/plugin-delivery-common';

/** What a row tells of the newest run of its pipeline. */
export type LastRun = NonNullable<DeliveryRow['lastRun']>;

/** Of a run what a row tells of it. */
export function toLastRun(run: LastRun): LastRun {
  const { name, purpose, status, commit, createdAt, finishedAt } = run;
  return { name, purpose, status, commit, createdAt, finishedAt };
}

/**
 * The one that began later. Clusters tell whole seconds: of two that began in the same one
 * it is the one that comes first in lists of runs, in every process; of two states of one
 * run the first.
 */
export function laterOf(run: LastRun, other: LastRun | undefined): LastRun;
export function laterOf(
  run: LastRun | undefined,
  other: LastRun | undefined,
): LastRun | undefined;
export function laterOf(
  run: LastRun | undefined,
  other: LastRun | undefined,
): LastRun | undefined {
  if (!run || !other) {
    return run ?? other;
  }
  const later = Date.parse(other.createdAt) - Date.parse(run.createdAt);
  return (later || other.name.localeCompare(run.name)) > 0 ? other : run;
}
