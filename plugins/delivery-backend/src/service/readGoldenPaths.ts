import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { DELIVERY_ANNOTATIONS } from '@golden-path/plugin-delivery-common';

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

/** Reads all entities with a golden path that these credentials may see. */
export async function readGoldenPaths(
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  const { items } = await catalog.getEntities(
    {
      filter: {
        [`metadata.annotations.${DELIVERY_ANNOTATIONS.instanceName}`]:
          CATALOG_FILTER_EXISTS,
      },
      fields: FIELDS,
    },
    { credentials },
  );
  return items;
}
