import type { Entity } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  Delivery,
  OperationName,
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import type { Facts } from '../delivery/facts';
import type { GitRepositories } from '../git/GitRepository';
import { promotionOfPullRequest } from '../history/promotions';
import type { PromotionRecord } from '../history/records';
import type { Operation } from './Operation';
import { operations } from './operations';
import type { OperatorCluster } from './OperatorCluster';

export interface OperationServiceOptions {
  /** The delivery of an entity now, with the facts that it was made from. */
  inspect(entity: Entity): { delivery: Delivery; facts: Facts };
  /** Those that have an operator account, by name. */
  clusters: ReadonlyMap<string, OperatorCluster>;
  repositories: GitRepositories;
  /** Keeps the promotions that were asked for. Must not throw. */
  record?: (promotions: readonly PromotionRecord[]) => void;
}

/** Does to a golden path what somebody asks for. Whether they may is asked before. */
export class OperationService {
  constructor(private readonly options: OperationServiceOptions) {}

  /**
   * @param entity - read as the user who asks
   * @param user - reference of that user; told to the systems that note who did it
   * @throws an error of `@backstage/errors` that says what to do
   */
  async perform(
    entity: Entity,
    request: OperationRequest,
    user: string,
  ): Promise<OperationOutcome> {
    const { inspect, clusters, repositories, record } = this.options;
    const { delivery, facts } = inspect(entity);
    const name = delivery.location.cluster;
    const cluster = clusters.get(name);
    if (!cluster) {
      throw new ServiceUnavailableError(
        `Nothing can be done in cluster "${name}": it has no operator account; ask your platform team to set delivery.clusters[].operatorKubeconfig`,
      );
    }
    const outcome = await operationOf(request).perform(request, {
      entity,
      delivery,
      facts,
      cluster,
      repositories,
      user,
    });
    if (request.operation === 'promote') {
      const asked = { by: user, at: new Date() };
      record?.(
        promotionOfPullRequest(delivery, request.environment, outcome, asked),
      );
    }
    return outcome;
  }
}

/** The operation that a request asks for. */
export function operationOf({ operation }: OperationRequest): Operation {
  const found: unknown = operations[operation];
  // Name and request belong together by the schema, which types cannot say of a union.
  return found as Operation<OperationName>;
}
