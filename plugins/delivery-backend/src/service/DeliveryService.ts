import type { Entity } from '@backstage/catalog-model';
import type { Delivery } from '@golden-path/plugin-delivery-common';

/** Tells the delivery of entities, from memory and as it changes. */
export interface DeliveryService {
  /**
   * The delivery of an entity as it is known now. Never waits for a cluster.
   *
   * @param entity - one that says where its golden path runs
   */
  read(entity: Entity): Delivery;
  /**
   * Calls back with each new delivery of an entity after it changed, not with the
   * present one. The callback must not throw.
   *
   * @returns a function that ends the subscription
   */
  subscribe(entity: Entity, listener: (delivery: Delivery) => void): () => void;
}
