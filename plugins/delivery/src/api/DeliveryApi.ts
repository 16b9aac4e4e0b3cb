import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  Delivery,
  DeliveryStreamEvent,
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
