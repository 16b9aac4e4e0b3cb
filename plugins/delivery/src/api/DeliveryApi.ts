import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  Delivery,
  DeliveryList,
  DeliveryListQuery,
  DeliveryStreamEvent,
  Dora,
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
 * Whose DORA figures: of one entity, or of all that an owner has and the user may see.
 *
 * @public
 */
export type DoraRequest = ({ entityRef: string } | { owner: string }) & {
  /** Length of the window that ends now, 1 to 365; the backend's default is 30. */
  days?: number;
  signal?: AbortSignal;
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
