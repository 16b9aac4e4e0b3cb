import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { DELIVERY_ANNOTATIONS } from '@golden-path/plugin-delivery-common';
import { useEffect, useMemo, useState } from 'react';

/** Everybody who owns a golden path, from the catalog. */
export function useOwners(chosen: string | undefined): string[] {
  const catalogApi = useApi(catalogApiRef);
  const [found, setFound] = useState<string[]>([]);

  useEffect(() => {
    let isEnded = false;
    catalogApi
      .getEntityFacets({
        facets: ['relations.ownedBy'],
        filter: {
          [`metadata.annotations.${DELIVERY_ANNOTATIONS.instanceName}`]:
            CATALOG_FILTER_EXISTS,
        },
      })
      .then(
        ({ facets }) => {
          if (!isEnded) {
            setFound(facets['relations.ownedBy'].map(({ value }) => value));
          }
        },
        // The list does not need it: the owner in the URL can still be chosen.
        () => {},
      );
    return () => {
      isEnded = true;
    };
  }, [catalogApi]);

  return useMemo(
    () => [...new Set([...found, ...(chosen ? [chosen] : [])])].sort(),
    [found, chosen],
  );
}
