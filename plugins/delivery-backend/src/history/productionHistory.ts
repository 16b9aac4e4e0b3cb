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
  const production =
    known ??
    inUsualOrder(
      [...deployments, ...healthChanges].map(({ environment }) => environment),
    ).at(-1);
  const moments = [
    ...deployments.map(({ finishedAt }) => finishedAt),
    ...pushes.map(({ at }) => at),
  ];
  return {
    deployments: deployments.filter(
      ({ environment }) => environment === production,
    ),
    healthChanges,
    pushes,
    // The database tells all in one form, whose letters are in the order of time.
    since: moments.reduce<string | undefined>(
      (first, each) => (first !== undefined && first <= each ? first : each),
      undefined,
    ),
  };
}
