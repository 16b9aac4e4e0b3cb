import { inUsualOrder } from '../delivery/promotionOrder';
import type { ProductionHistory } from './dora/doraOf';

/**
 * The part of a pipeline's history that the DORA figures are made of.
 *
 * @param history - of all environments; `production` is the last of those in it where it
 * is not known
 */
export function productionHistory({
  production: known,
  deployments,
  healthChanges,
  pushes,
}: Omit<ProductionHistory, 'since'> & {
  production?: string;
}): ProductionHistory {
  const environments = [...deployments, ...healthChanges].map(
    ({ environment }) => environment,
  );
  const production = known ?? inUsualOrder(environments).at(-1);
  const ofProduction = deployments.filter(
    ({ environment }) => environment === production,
  );
  const moments = [
    ...deployments.map(({ finishedAt }) => finishedAt),
    ...pushes.map(({ at }) => at),
  ];
  return {
    deployments: ofProduction,
    healthChanges,
    pushes,
    since: moments.sort((a, b) => Date.parse(a) - Date.parse(b))[0],
  };
}
