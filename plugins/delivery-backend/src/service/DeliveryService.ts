import type { Entity } from '@backstage/catalog-model';
import type {
  Delivery,
  DeliveryRow,
  SourceHealth,
  WatchHealth,
} from '@golden-path/plugin-delivery-common';
import type { Facts } from '../delivery/facts';

/** What a row says of a delivery, apart from what the catalog says of the entity. */
export interface DeliveryOverview extends Omit<DeliveryRow, 'title' | 'owner'> {
  /**
   * The last environment in the order of promotion, whether or not it is there now; absent
   * where it is not known.
   */
  production?: string;
}

/** Tells the delivery of entities, from memory and as it changes. */
export interface DeliveryService {
  /**
   * The delivery of an entity as it is known now. Never waits for a cluster.
   *
   * @param entity - one that says where its golden path runs
   */
  read(entity: Entity): Delivery;
  /** The delivery as it is at this moment, and the facts that it is made from. */
  inspect(entity: Entity): { delivery: Delivery; facts: Facts };
  /** How that delivery stands, without keeping the whole document in memory. */
  overview(entity: Entity): DeliveryOverview;
  /** Every source that the deliveries of these entities are made from, each once. */
  sources(entities: readonly Entity[]): SourceHealth[];
  /**
   * Calls back with each new delivery of an entity after it changed, not with the
   * present one. The callback must not throw.
   *
   * @returns a function that ends the subscription
   */
  subscribe(entity: Entity, listener: (delivery: Delivery) => void): () => void;
  /** How the watches do, and how much is held. */
  statistics(): DeliveryStatistics;
}

/** What the service itself knows of {@link WatchHealth}. */
export type DeliveryStatistics = Pick<
  WatchHealth,
  'clusters' | 'entries' | 'computations'
>;
