import type { RecordedDeployment } from '@golden-path/plugin-delivery-common';
import type { HealthChange } from './rows';

/** Argo CD notices within this time that a sync made something unhealthy. */
const NOTICED_MS = 60_000;

/** Argo CD tells whole seconds; of the changes of one second the lasting one comes last. */
const ORDER = ['Progressing', 'Missing', 'Unknown', 'Suspended', 'Degraded'];

/** A health, and when it came to be, in ms. */
export interface HealthAt {
  health: string;
  at: number;
}

/** Health changes of one Application, oldest first. */
export function inOrder(changes: readonly HealthChange[]): HealthAt[] {
  return changes
    .map(({ health, since }) => ({ health, at: Date.parse(since) }))
    .sort((a, b) => a.at - b.at || placeOf(a.health) - placeOf(b.health));
}

function placeOf(health: string): number {
  const place = ORDER.indexOf(health);
  return place < 0 ? ORDER.length : place;
}

/**
 * When an environment was healthy with a deployment first: at the end of the sync where
 * it was healthy then and stayed so for a minute, or else when it came to be.
 *
 * @param deployedAt - end of a sync that succeeded, in ms
 * @param changes - of the same Application, from {@link inOrder}
 * @param next - start of the deployment after it, in ms
 */
export function healthyAt(
  deployedAt: number,
  changes: readonly HealthAt[],
  next = Infinity,
): number | undefined {
  const first = firstAfter(deployedAt, changes);
  const isHealthy = first > 0 && changes[first - 1].health === 'Healthy';
  const soon = Math.min(next, deployedAt + NOTICED_MS + 1);
  if (isHealthy && !(first < changes.length && changes[first].at < soon)) {
    return deployedAt;
  }
  // What comes with the next deployment is the next one's, so each change is looked at once.
  for (
    let index = first;
    index < changes.length && changes[index].at < next;
    index += 1
  ) {
    if (changes[index].health === 'Healthy') {
      return changes[index].at;
    }
  }
  return undefined;
}

/** Place of the first change after a moment, found by halving: there are thousands. */
function firstAfter(moment: number, changes: readonly HealthAt[]): number {
  let from = 0;
  let to = changes.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (changes[middle].at <= moment) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/** What of a deployment says when its environment was healthy with it. */
type Synced = Pick<
  RecordedDeployment,
  'applicationUid' | 'outcome' | 'startedAt' | 'finishedAt'
>;

/**
 * Tells of deployments of one pipeline when their environment was healthy with them. Each
 * costs little, and those that nobody asks about next to nothing.
 *
 * @param newestFirst - all deployments of the pipeline, by their end
 * @param healthChanges - of the same pipeline, in any order
 * @returns what tells it of one of them; `undefined` of one that failed
 */
export function healthyTimes<T extends Synced>(
  newestFirst: readonly T[],
  healthChanges: readonly HealthChange[],
): (deployment: T) => string | undefined {
  const following = new Map<T, T | undefined>();
  const succeeded = new Map<string, T>();
  for (const deployment of newestFirst) {
    following.set(deployment, succeeded.get(deployment.applicationUid));
    if (deployment.outcome === 'succeeded') {
      succeeded.set(deployment.applicationUid, deployment);
    }
  }
  const changesOf = changesByApplication(healthChanges);
  return deployment => {
    if (deployment.outcome !== 'succeeded') {
      return undefined;
    }
    const next = following.get(deployment);
    const healthy = healthyAt(
      Date.parse(deployment.finishedAt),
      changesOf.get(deployment.applicationUid) ?? [],
      next && Date.parse(next.startedAt ?? next.finishedAt),
    );
    return healthy === undefined ? undefined : new Date(healthy).toISOString();
  };
}

function changesByApplication(
  healthChanges: readonly HealthChange[],
): Map<string, HealthAt[]> {
  const lists = new Map<string, HealthChange[]>();
  for (const change of healthChanges) {
    const list = lists.get(change.applicationUid);
    if (list) {
      list.push(change);
    } else {
      lists.set(change.applicationUid, [change]);
    }
  }
  return new Map([...lists].map(([uid, list]) => [uid, inOrder(list)]));
}
