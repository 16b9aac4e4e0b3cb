import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  DeliveryPage,
  deliveryPlugin,
  EntityDeliveryCard,
  EntityDeliveryContent,
  isDeliveryAvailable,
} from '.';
import { fixture } from '../__fixtures__';
import { fleetPage, fleetRows } from '../__fixtures__/fleet';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { deliveryApiRef } from '../api';
import type { DeliveryApi } from '../api';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'kro.run/instance-name': 'checkout-cicd-pipeline' },
  },
};

const fleetApi: Pick<DeliveryApi, 'listDeliveries' | 'getDora' | 'listDora'> = {
  getDora: () => new Promise(() => {}),
  listDeliveries: async query => ({
    changed: true,
    list: fleetPage(fleetRows(3), query ?? {}),
  }),
  listDora: () => new Promise(() => {}),
};

describe('the plugin of the old frontend system', () => {
  it('brings its own client', () => {
    expect([...deliveryPlugin.getApis()].map(factory => factory.api)).toEqual([
      deliveryApiRef,
    ]);
  });

  it('shows tab and card', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [deliveryApiRef, new ScriptedApi(fixture('healthy-dev'))],
          [permissionApiRef, mockApis.permission()],
        ]}
      >
        <EntityProvider entity={entity}>
          <Routes>
            <Route path="/" element={<EntityDeliveryContent />} />
          </Routes>
          <EntityDeliveryCard href="delivery" />
        </EntityProvider>
      </TestApiProvider>,
    );
    const path = await screen.findByRole('region', { name: 'Golden path' });
    expect(within(path).getAllByRole('listitem')).toHaveLength(8);
    expect(
      await screen.findByRole('link', { name: 'Open delivery' }),
    ).toHaveAttribute('href', '/delivery');
  });

  it('shows all golden paths, and leads to the tab of each', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [deliveryApiRef, fleetApi],
          [catalogApiRef, catalogApiMock({ entities: [entity] })],
          [permissionApiRef, mockApis.permission()],
        ]}
      >
        <Routes>
          <Route path="/" element={<DeliveryPage tabPath="cicd" />} />
        </Routes>
      </TestApiProvider>,
      { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Delivery' }),
    ).toBeVisible();
    const row = await screen.findByRole('row', { name: /first-build/ });
    expect(
      within(row).getByRole('link', { name: /first-build/ }),
    ).toHaveAttribute('href', '/catalog/default/component/first-build/cicd');
  });

  it('is for entities with the annotation', () => {
    expect(isDeliveryAvailable(entity)).toBe(true);
    expect(isDeliveryAvailable({ metadata: {} })).toBe(false);
  });
});
