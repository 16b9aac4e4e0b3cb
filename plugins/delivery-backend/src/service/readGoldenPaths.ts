import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DELIVERY_ANNOTATIONS,
  isDeliveryAvailable,
  PORTAL_ANNOTATIONS,
} from '@golden-path/plugin-delivery-common';

/** What a list shows of an entity, and what locates its golden path. */
const FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'metadata.etag',
  'metadata.annotations',
  'relations',
];

/** Each of them may tell where a golden path runs; a selector need not. */
const TELLING = [
  DELIVERY_ANNOTATIONS.instanceName,
  PORTAL_ANNOTATIONS.workflowsSelector,
  PORTAL_ANNOTATIONS.kubernetesSelector,
];

/** Reads all entities with a golden path that these credentials may see. */
export async function readGoldenPaths(
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  const { items } = await catalog.getEntities(
    {
      filter: TELLING.map(annotation => ({
        [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
      })),
      fields: FIELDS,
    },
    { credentials },
  );
  return items.filter(isDeliveryAvailable);
}
