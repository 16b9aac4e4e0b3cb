import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  deliveryPlugin,
  EntityDeliveryCard,
  EntityDeliveryContent,
  isDeliveryAvailable,
} from '.';
import { fixture } from '../__fixtures__';
import { dora, fleetPage, fleetRows } from '../__fixtures__/fleet';
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

const api: DeliveryApi = {
  readDelivery: async () => ({ changed: false }),
  async *streamDelivery({ signal }) {
    yield { event: 'delivery', data: fixture('healthy-dev') };
    await new Promise(resolve => signal?.addEventListener('abort', resolve));
  },
  listDeliveries: async query => ({
    changed: true,
    list: fleetPage(fleetRows(3), query ?? {}),
  }),
  getDora: async () => dora(),
};

describe('the plugin of the old frontend system', () => {
  it('brings its own client', () => {
    expect([...deliveryPlugin.getApis()].map(factory => factory.api)).toEqual([
      deliveryApiRef,
    ]);
  });

  it('shows tab and card', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[deliveryApiRef, api]]}>
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

  it('is for entities with the annotation', () => {
    expect(isDeliveryAvailable(entity)).toBe(true);
    expect(isDeliveryAvailable({ metadata: {} })).toBe(false);
  });
});
