import type { RecordedDeployment } from '@golden-path/plugin-delivery-common';
import type { HealthChange } from './rows';

/** Argo CD notices within this time that a sync made something unhealthy. */
const NOTICED_MS = 60_000;

/** Argo CD tells whole seconds; of the changes of one second the lasting one comes last. */
const ORDER = ['Progressing', 'Missing', 'Unknown', 'Suspended', 'Degraded'];

/** Health changes of one Application, oldest first. */
export function inOrder(changes: readonly HealthChange[]): HealthChange[] {
  return [...changes].sort(
    (a, b) =>
      Date.parse(a.since) - Date.parse(b.since) ||
      placeOf(a.health) - placeOf(b.health),
  );
}

function placeOf(health: string): number {
  const place = ORDER.indexOf(health);
  return place < 0 ? ORDER.length : place;
}

/**
 * When an environment was healthy with a deployment first: at the end of the sync where
 * it was healthy then and stayed so for a minute, or else when it came to be.
 *
 * @param deployedAt - end of a sync that succeeded
 * @param changes - of the same Application, from {@link inOrder}
 * @param next - start of the deployment after it
 */
export function healthyAt(
  deployedAt: string,
  changes: readonly HealthChange[],
  next?: string,
): string | undefined {
  const deployed = Date.parse(deployedAt);
  const end = next === undefined ? Infinity : Date.parse(next);
  const at = ({ since }: HealthChange) => Date.parse(since);
  const before = changes.filter(change => at(change) <= deployed).at(-1);
  const after = changes.filter(
    change => at(change) > deployed && at(change) < end,
  );
  const stays = !(after[0] && at(after[0]) <= deployed + NOTICED_MS);
  return before?.health === 'Healthy' && stays
    ? deployedAt
    : after.find(({ health }) => health === 'Healthy')?.since;
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
  const changes = inOrder(healthChanges);
  return deployments.map((deployment, index) => {
    const isSameApplication = (other: { applicationUid: string }) =>
      other.applicationUid === deployment.applicationUid;
    const next = deployments
      .slice(index + 1)
      .find(each => isSameApplication(each) && each.outcome === 'succeeded');
    return deployment.outcome === 'succeeded'
      ? {
          ...deployment,
          healthyAt: healthyAt(
            deployment.finishedAt,
            changes.filter(isSameApplication),
            next && (next.startedAt ?? next.finishedAt),
          ),
        }
      : deployment;
  });
}
