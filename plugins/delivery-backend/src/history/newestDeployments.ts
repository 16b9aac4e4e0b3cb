import type { DeploymentHistory } from '@golden-path/plugin-delivery-common';
import { inUsualOrder } from '../delivery/promotionOrder';
import { healthyTimes } from './healthyAt';
import { toDeployment, toSync, type HealthChange, type Row } from './rows';

/** How many deployments of a pipeline are told. */
export interface HowMany {
  /** The newest, wherever they were. */
  limit: number;
  /** Instead so many of each environment: one may see ten where the next sees none. */
  ofEach?: number;
}

/**
 * The newest deployments of a pipeline, and the last one of each environment.
 *
 * @param newestFirst - all rows of its `deployments`, by their end
 * @param healthChanges - of the same pipeline, in any order
 */
export function newestDeployments(
  newestFirst: readonly Row[],
  healthChanges: readonly HealthChange[],
  { limit, ofEach }: HowMany,
): Pick<DeploymentHistory, 'deployments' | 'last'> {
  const all = newestFirst.map(row => ({ ...toSync(row), row }));
  const healthyAt = healthyTimes(all, healthChanges);
  // There are thousands; only those that are told are read in full.
  const told = (deployment: (typeof all)[number]) => ({
    ...toDeployment(deployment.row),
    healthyAt: healthyAt(deployment),
  });
  const newest =
    ofEach === undefined ? all.slice(0, limit) : newestOfEach(all, ofEach);
  const last = newestOfEach(
    all.filter(({ outcome }) => outcome === 'succeeded'),
    1,
  );
  return {
    deployments: newest.map(told),
    last: inUsualOrder(last.map(({ environment }) => environment)).flatMap(
      name => last.filter(({ environment }) => environment === name).map(told),
    ),
  };
}

/** So many of each environment, in the order that they have. */
function newestOfEach<T extends { environment: string }>(
  newestFirst: readonly T[],
  count: number,
): T[] {
  const counts = new Map<string, number>();
  return newestFirst.filter(({ environment }) => {
    const place = (counts.get(environment) ?? 0) + 1;
    counts.set(environment, place);
    return place <= count;
  });
}
