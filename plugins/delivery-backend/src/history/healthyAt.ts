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
  const before = changes.findLast(({ at }) => at <= deployedAt);
  const after = changes.filter(({ at }) => at > deployedAt && at < next);
  const stays = !(after[0] && after[0].at <= deployedAt + NOTICED_MS);
  return before?.health === 'Healthy' && stays
    ? deployedAt
    : after.find(({ health }) => health === 'Healthy')?.at;
}

/**
 * Says of each deployment that succeeded when its environment was healthy with it.
 *
 * @param deployments - of one pipeline, oldest end first
 * @param healthChanges - of the same pipeline, in any order
 */
export function withHealthyAt(
  deployments: readonly RecordedDeployment[],
  healthChanges: readonly HealthChange[],
): RecordedDeployment[] {
  return deployments.map((deployment, index) => {
    const isSameApplication = (other: { applicationUid: string }) =>
      other.applicationUid === deployment.applicationUid;
    const next = deployments
      .slice(index + 1)
      .find(each => isSameApplication(each) && each.outcome === 'succeeded');
    if (deployment.outcome !== 'succeeded') {
      return deployment;
    }
    const healthy = healthyAt(
      Date.parse(deployment.finishedAt),
      inOrder(healthChanges.filter(isSameApplication)),
      next && Date.parse(next.startedAt ?? next.finishedAt),
    );
    return {
      ...deployment,
      healthyAt:
        healthy === undefined ? undefined : new Date(healthy).toISOString(),
    };
  });
}
