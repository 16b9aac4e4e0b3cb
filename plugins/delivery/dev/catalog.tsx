import type { CatalogApi } from '@backstage/catalog-client';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { Navigate, useParams } from 'react-router-dom';
import { fleetRows } from '../src/__fixtures__/fleet';

/** Of the catalog, what the page with all golden paths asks: who owns one. */
const catalogApi = {
  async getEntityFacets() {
    const owners = new Set(fleetRows(2).map(row => row.owner ?? ''));
    return {
      facets: {
        'relations.ownedBy': [...owners].map(value => ({ value, count: 1 })),
      },
    };
  },
};

function EntityPage() {
  const { name } = useParams();
  return <Navigate to={`/states/${name}/tab`} />;
}

/** Stands in for the catalog plugin. */
export const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  routes: { entity: entityRouteRef },
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApi as Partial<CatalogApi> as CatalogApi,
        }),
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <EntityPage />,
      },
    }),
  ],
});
