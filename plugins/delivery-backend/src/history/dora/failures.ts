import type { HealthAt } from '../healthyAt';
import type { Change } from './changes';

/** Harm that a change did. Moments in ms. */
export interface Failure {
  change: Change;
  from: number;
  /** When production was healthy again; absent while it is not. */
  restoredAt?: number;
}

/**
 * The changes that failed: a sync of it failed, or production became `Degraded` from its
 * start until `withinMs` after it and before the next change, or the next one that was
 * deployed took it back within that time.
 *
 * @param changes - of one Application, from `changesOf`
 * @param health - of the same Application, from `inOrder`
 */
export function failuresOf(
  changes: readonly Change[],
  health: readonly HealthAt[],
  withinMs: number,
): Failure[] {
  return changes.flatMap((change, index) => {
    const later = changes.slice(index + 1);
    const [next] = later;
    const until =
      (change.deployedAt ?? change.failedAt ?? change.startedAt) + withinMs;
    const degradedAt = health.find(
      ({ health: word, at }) =>
        word === 'Degraded' &&
        at >= change.startedAt &&
        at <= until &&
        !(next && at >= next.startedAt),
    )?.at;
    const deployedNext = later.find(({ deployedAt }) => deployedAt);
    const takenBackFrom = isTakenBack(change, deployedNext, withinMs)
      ? change.deployedAt
      : undefined;
    const starts = [change.failedAt, degradedAt, takenBackFrom].flatMap(
      start => start ?? [],
    );
    if (starts.length === 0) {
      return [];
    }
    return [
      {
        change,
        from: Math.min(...starts),
        restoredAt:
          takenBackFrom !== undefined || change.failedAt !== undefined
            ? healthyWith(
                takenBackFrom === undefined ? [change, ...later] : later,
              )
            : health.find(
                ({ health: word, at }) =>
                  word === 'Healthy' && at >= degradedAt!,
              )?.at,
      },
    ];
  });
}

function isTakenBack(
  { deployedAt }: Change,
  next: Change | undefined,
  withinMs: number,
): boolean {
  return (
    deployedAt !== undefined &&
    next?.rollback === true &&
    next.deployedAt !== undefined &&
    next.deployedAt - deployedAt <= withinMs
  );
}

function healthyWith(changes: readonly Change[]): number | undefined {
  return changes.find(({ healthyAt }) => healthyAt !== undefined)?.healthyAt;
}
