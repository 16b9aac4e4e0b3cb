import type { DeliveryRow } from '@golden-path/plugin-delivery-common';

/** What a row tells of the newest run of its pipeline. */
export type LastRun = NonNullable<DeliveryRow['lastRun']>;

/** Of a run what a row tells of it. */
export function toLastRun(run: LastRun): LastRun {
  const { name, purpose, status, commit, createdAt, finishedAt } = run;
  return { name, purpose, status, commit, createdAt, finishedAt };
}

/** The one that began later; where both did at once, the first. */
export function laterOf(
  run: LastRun | undefined,
  other: LastRun | undefined,
): LastRun | undefined {
  if (!run || !other) {
    return run ?? other;
  }
  return Date.parse(other.createdAt) > Date.parse(run.createdAt) ? other : run;
}
