import type { Entity } from '@backstage/catalog-model';
import type {
  DeliveryList,
  DeliveryListQuery,
} from '@golden-path/plugin-delivery-common';
import type { DeliveryService } from '../../service/DeliveryService';
import { inSlices } from '../../service/inSlices';
import { pageOf, type FoundRow } from './pageOf';

/**
 * Answers one page of the deliveries of these entities. The first list after a start, or
 * after a cluster was lost, computes all of them; others only those that changed.
 *
 * @throws InputError for a cursor that is none of this order
 */
export async function listDeliveries(
  entities: readonly Entity[],
  query: DeliveryListQuery,
  delivery: Pick<DeliveryService, 'overview' | 'sources'>,
): Promise<DeliveryList> {
  const rows: FoundRow[] = [];
  await inSlices(entities, entity => rows.push(foundRow(entity, delivery)));
  return { ...pageOf(rows, query), sources: delivery.sources(entities) };
}

/** The row of an entity. */
export function foundRow(
  entity: Entity,
  delivery: Pick<DeliveryService, 'overview'>,
): FoundRow {
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === 'ownedBy')
    .map(({ targetRef }) => targetRef);
  const { production: _, ...overview } = delivery.overview(entity);
  return {
    owners,
    row: { ...overview, title: entity.metadata.title, owner: owners[0] },
  };
}
