import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { Route, Routes } from 'react-router-dom';
import { EntityDeliveryCard, EntityDeliveryContent } from '.';
import { fixture } from '../__fixtures__';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { deliveryApiRef } from '../api';

jest.setTimeout(60_000);

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout' },
};

type Answer = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

async function show(authorize: () => Answer) {
  const api = new ScriptedApi(fixture('healthy-dev'));
  const asked = jest.fn(authorize);
  const { container } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, api],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: ({ permission }) =>
              permission.name === 'delivery.use'
                ? asked()
                : AuthorizeResult.ALLOW,
          }),
        ],
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
  await waitFor(() => expect(asked).toHaveBeenCalled());
  return { api, container };
}

const card = () => screen.queryByRole('region', { name: 'Delivery' });

describe('without the permission delivery.use', () => {
  // First: an answer is remembered for the tests after it, that there was none is not.
  it('nothing is shown while it cannot be said whether it is given', async () => {
    const { api } = await show(() => {
      throw new Error('Failed to fetch');
    });
    const alert = within(await screen.findByRole('alert'));
    alert.getByRole('heading', {
      name: 'It cannot be said whether you may do this: Failed to fetch',
    });
    expect(card()).toBeNull();
    expect(api.streams).toBe(0);
  });

  it('there is no card, and the tab says what is missing and whom to ask', async () => {
    const { api, container } = await show(() => AuthorizeResult.DENY);
    const alert = within(await screen.findByRole('alert'));
    alert.getByRole('heading', {
      name: 'You may not see the delivery of checkout.',
    });
    alert.getByText(/whoever looks after the portal .* delivery\.use\.$/);
    expect(card()).toBeNull();
    expect(api.streams).toBe(0);
    expect(await axe(container)).toHaveNoViolations();
  });
});
