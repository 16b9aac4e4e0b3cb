import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  Delivery,
  DeliveryList,
  DeliveryListQuery,
  DeliveryStreamEvent,
  DeploymentHistory,
  DeploymentHistoryQuery,
  Dora,
  EntityDoraList,
  OperationOutcome,
  OperationRequest,
  RunHistory,
  RunHistoryQuery,
  StepLogEvent,
} from '@golden-path/plugin-delivery-common';

/**
 * What both ways of asking for a delivery need.
 *
 * @public
 */
export type DeliveryRequest = {
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: string;
  /** Revision that the caller has already; it is not sent again. */
  revision?: string;
  signal?: AbortSignal;
};

/**
 * Answer to a conditional request: nothing new, or the newest document.
 *
 * @public
 */
export type DeliveryAnswer =
  | { changed: false }
  | { changed: true; delivery: Delivery };

/**
 * One page of the list of deliveries; what is left out has the default of the backend.
 *
 * @public
 */
export type DeliveryListRequest = Partial<DeliveryListQuery> & {
  /** `etag` of an answer to the same request; what it said is not sent again. */
  etag?: string;
  signal?: AbortSignal;
};

/**
 * Answer to a conditional request: nothing new, or the page as it is now.
 *
 * @public
 */
export type DeliveryListAnswer =
  | { changed: false }
  | { changed: true; list: DeliveryList; etag?: string };

/**
 * Whose DORA figures: of one entity, or of all that the user may see taken together,
 * unless an owner, a cluster or a part of the name chooses among them.
 *
 * @public
 */
export type DoraRequest = (
  | { entityRef: string }
  | { owner?: string; cluster?: string; search?: string }
) & {
  /** Length of the window that ends now, 1 to 365; the backend's default is 30. */
  days?: number;
  /** Of how many equal parts of the window `trend` tells, 2 to 60; without it of none. */
  parts?: number;
  signal?: AbortSignal;
};

/**
 * Of which entities the figures of each by itself.
 *
 * @public
 */
export type DoraListRequest = {
  /** Full entity references, 1 to 100. */
  entityRefs: readonly string[];
  /** Length of the window that ends now, 1 to 365; the backend's default is 30. */
  days?: number;
  signal?: AbortSignal;
};

/**
 * Which page of the finished runs of an entity; what is left out has the default of the
 * backend.
 *
 * @public
 */
export type RunHistoryRequest = Partial<RunHistoryQuery> & {
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: string;
  signal?: AbortSignal;
};

/**
 * How many of the newest deployments and promotions of an entity; what is left out has
 * the default of the backend.
 *
 * @public
 */
export type DeploymentHistoryRequest = Partial<DeploymentHistoryQuery> & {
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: string;
  signal?: AbortSignal;
};

/**
 * Something to be done to the golden path of an entity.
 *
 * @public
 */
export type OperateRequest = {
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: string;
  request: OperationRequest;
  signal?: AbortSignal;
};

/**
 * Which log.
 *
 * @public
 */
export type StepLogRequest = {
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: string;
  /** Name of a run of its delivery. */
  run: string;
  /** `id` of a step of the run, or of one of its attempts. */
  step: string;
  signal?: AbortSignal;
};

/**
 * Which log to follow, and from where.
 *
 * @public
 */
export type FollowStepLogRequest = StepLogRequest & {
  /** Lines from the end, before those that are followed, 1 to 10,000. */
  tailLines?: number;
  /** `id` of the last event that was understood; what came before is not sent again. */
  after?: string;
};

/**
 * Client of the delivery backend.
 *
 * @public
 */
export interface DeliveryApi {
  /**
   * Reads the delivery of one entity.
   *
   * @throws `ResponseError` where the backend refuses, `InputError` where it
   * answers with something else than a delivery
   */
  readDelivery(request: DeliveryRequest): Promise<DeliveryAnswer>;

  /**
   * Follows the delivery of one entity: yields each event until the backend ends
   * the stream, throws when the connection breaks or stays silent for too long.
   *
   * @throws the same as {@link DeliveryApi.readDelivery}
   */
  streamDelivery(request: DeliveryRequest): AsyncGenerator<DeliveryStreamEvent>;

  /**
   * Lists the deliveries that the user may see, one page at a time.
   *
   * @throws the same as {@link DeliveryApi.readDelivery}
   */
  listDeliveries(request?: DeliveryListRequest): Promise<DeliveryListAnswer>;

  /**
   * Reads the four DORA figures.
   *
   * @throws the same as {@link DeliveryApi.readDelivery}
   */
  getDora(request: DoraRequest): Promise<Dora>;

  /**
   * Reads the DORA figures of each of some entities by itself, all with one request.
   *
   * @throws the same as {@link DeliveryApi.readDelivery}
   */
  listDora(request: DoraListRequest): Promise<EntityDoraList>;

  /**
   * Reads finished runs, also those that the cluster has forgotten, one page at a time.
   *
   * @throws the same as {@link DeliveryApi.readDelivery}
   */
  getRunHistory(request: RunHistoryRequest): Promise<RunHistory>;

  /**
   * Reads what was deployed where and when, and what promotions were asked for.
   *
   * @throws the same as {@link DeliveryApi.readDelivery}
   */
  getDeploymentHistory(
    request: DeploymentHistoryRequest,
  ): Promise<DeploymentHistory>;

  /**
   * Does something to the golden path. What it leads to comes on the stream.
   *
   * @throws `ResponseError` whose message says why it was not done
   */
  operate(request: OperateRequest): Promise<OperationOutcome>;

  /**
   * Follows the log of a step: yields each event, with the `id` to go on after, until
   * the backend says why it ends.
   *
   * @throws the same as {@link DeliveryApi.streamDelivery}
   */
  followStepLog(
    request: FollowStepLogRequest,
  ): AsyncGenerator<StepLogEvent & { id?: string }>;

  /**
   * Reads the log of a step as plain text: its last 10,000 lines.
   *
   * @throws `ResponseError` where the backend refuses
   */
  readStepLog(request: StepLogRequest): Promise<string>;
}

/**
 * Reference of the {@link DeliveryApi}.
 *
 * @public
 */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.client',
  pluginId: 'delivery',
});
