import type { Entity } from '@backstage/catalog-model';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  Delivery,
  OperationName,
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import type { Facts } from '../delivery/facts';
import type { GitRepositories } from '../git/GitRepository';
import type { OperatorCluster } from './OperatorCluster';

/** What an operation may look at and act through. */
export interface OperationContext {
  entity: Entity;
  delivery: Delivery;
  facts: Facts;
  /** The cluster of the pipeline and of its Argo CD. */
  cluster: Pick<OperatorCluster, 'get' | 'change' | 'create' | 'delete'>;
  repositories: GitRepositories;
  /** Reference of the user who asks, for example `user:default/ada`. */
  user: string;
}

/** The request of one operation. */
export type RequestOf<Name extends OperationName> = Extract<
  OperationRequest,
  { operation: Name }
>;

/** One thing that can be done to a golden path. */
export interface Operation<Name extends OperationName = OperationName> {
  /** What the user must be allowed for the entity. */
  permission: ResourcePermission<'catalog-entity'>;
  /**
   * Does it. Asked twice, it is done once wherever the system allows to tell.
   *
   * @throws NotFoundError for an environment or run that the delivery does not show
   * @throws ConflictError where the present state does not allow it
   */
  perform(
    request: RequestOf<Name>,
    context: OperationContext,
  ): Promise<OperationOutcome>;
}
