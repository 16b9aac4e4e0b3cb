import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  DELIVERY_ANNOTATIONS,
  PORTAL_ANNOTATIONS,
} from '@golden-path/plugin-delivery-common';
import { useEffect, useState } from 'react';

/** Entities with one of these have a golden path, or nearly all of them. */
const TELLING = [
  DELIVERY_ANNOTATIONS.instanceName,
  PORTAL_ANNOTATIONS.workflowsSelector,
];

/** Everybody who owns a golden path, as the catalog knows them. */
export function useOwners(): string[] {
  const catalogApi = useApi(catalogApiRef);
  const [owners, setOwners] = useState<string[]>([]);

  useEffect(() => {
    let isEnded = false;
    catalogApi
      .getEntityFacets({
        facets: ['relations.ownedBy'],
        filter: TELLING.map(annotation => ({
          [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
        })),
      })
      .then(
        ({ facets }) => {
          if (!isEnded) {
            setOwners(facets['relations.ownedBy'].map(({ value }) => value));
          }
        },
        // Not needed for the list; those whom it names can be chosen all the same.
        () => {},
      );
    return () => {
      isEnded = true;
    };
  }, [catalogApi]);

  return owners;
}
