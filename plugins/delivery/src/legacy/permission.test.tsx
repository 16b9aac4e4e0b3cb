import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
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
import { DeliveryPage, EntityDeliveryCard, EntityDeliveryContent } from '.';
import { fixture } from '../__fixtures__';
import { fleetPage, fleetRows } from '../__fixtures__/fleet';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { deliveryApiRef } from '../api';
import type { DeliveryApi } from '../api';

jest.setTimeout(60_000);

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout' },
};

type Answer = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

let minutes = 0;
/** Long after it got the focus last: nothing is asked twice in a few seconds. */
function focusWindow() {
  minutes += 1;
  const later = Date.now() + minutes * 60_000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
  window.dispatchEvent(new Event('focus'));
  // It is listened to a moment later.
  setTimeout(() => clock.mockRestore());
}

async function show(authorize: () => Answer, at = '/') {
  const fleet = {
    listDeliveries: jest.fn<
      ReturnType<DeliveryApi['listDeliveries']>,
      Parameters<DeliveryApi['listDeliveries']>
    >(async () => ({ changed: true, list: fleetPage(fleetRows(3), {}) })),
    listDora: () => new Promise<never>(() => {}),
  };
  const api = Object.assign(new ScriptedApi(fixture('healthy-dev')), fleet);
  const asked = jest.fn(authorize);
  const { container } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
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
      <Routes>
        <Route path="/delivery" element={<DeliveryPage />} />
        <Route
          path="/"
          element={
            <EntityProvider entity={entity}>
              <EntityDeliveryContent />
              <EntityDeliveryCard href="delivery" />
            </EntityProvider>
          }
        />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  /** What was answered a while ago is asked again. */
  const comeBack = async () => {
    const before = asked.mock.calls.length;
    await waitFor(
      () => {
        focusWindow();
        expect(asked.mock.calls.length).toBeGreaterThan(before);
      },
      { timeout: 15_000 },
    );
  };
  // What another test was answered a moment ago is not asked again by itself.
  if (asked.mock.calls.length === 0) {
    await comeBack();
  }
  return { api, container, comeBack };
}

const card = () => screen.queryByRole('region', { name: 'Delivery' });
const path = () => screen.queryByRole('region', { name: 'Golden path' });
const list = () => screen.queryByRole('region', { name: 'Golden paths' });

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

  it('the page reads nothing, and says what is missing', async () => {
    const { api } = await show(() => AuthorizeResult.DENY, '/delivery');
    const alert = within(await screen.findByRole('alert'));
    alert.getByRole('heading', {
      name: 'You may not see the list of deliveries.',
    });
    alert.getByText(/delivery\.use\.$/);
    expect(list()).toBeNull();
    expect(api.listDeliveries).not.toHaveBeenCalled();
  });
});

describe('with the permission delivery.use', () => {
  it.each([
    { at: '/', shown: [path, card] },
    { at: '/delivery', shown: [list] },
  ])(
    'what $at shows stays while the backend restarts, and goes when it is taken away',
    async ({ at, shown }) => {
      let answer = (): Answer => AuthorizeResult.ALLOW;
      const { comeBack } = await show(() => answer(), at);
      await waitFor(() => shown.forEach(it => expect(it()).not.toBeNull()));
      const before = shown.map(it => it());

      answer = () => {
        throw new Error('Failed to fetch');
      };
      await comeBack();
      // By then it would have been taken away.
      await new Promise(resolve => setTimeout(resolve, 500));
      expect(screen.queryByRole('alert')).toBeNull();
      shown.forEach((it, i) => expect(it()).toBe(before[i]));

      answer = () => AuthorizeResult.DENY;
      await comeBack();
      await screen.findByRole('alert');
      shown.forEach(it => expect(it()).toBeNull());
    },
  );
});
