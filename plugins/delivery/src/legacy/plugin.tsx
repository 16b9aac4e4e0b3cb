import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { DeliveryClient, deliveryApiRef } from '../api';

const rootRouteRef = createRouteRef({ id: 'delivery:fleet' });
const entityContentRouteRef = createRouteRef({ id: 'delivery' });

/**
 * The delivery plugin.
 *
 * @public
 */
export const deliveryPlugin = createPlugin({
  id: 'delivery',
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  apis: [
    createApiFactory({
      api: deliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DeliveryClient({ fetchApi }),
    }),
  ],
});

/**
 * The Delivery tab of an entity page. Users without the permission `delivery.use` read
 * on it what they lack.
 *
 * @public
 */
export const EntityDeliveryContent: () => JSX.Element = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'EntityDeliveryContent',
    mountPoint: entityContentRouteRef,
    component: () =>
      import('../components/DeliveryContent/LegacyDeliveryContent').then(
        m => m.LegacyDeliveryContent,
      ),
  }),
);

/**
 * The delivery of an entity in a few lines; give it the `href` of the Delivery tab
 * to link there, relative to the entity page, for example `delivery`. Nothing for users
 * without the permission `delivery.use`.
 *
 * @public
 */
export const EntityDeliveryCard: (props: { href?: string }) => JSX.Element =
  deliveryPlugin.provide(
    createComponentExtension({
      name: 'EntityDeliveryCard',
      component: {
        lazy: () =>
          import('../components/DeliveryCard/LegacyDeliveryCard').then(
            m => m.LegacyDeliveryCard,
          ),
      },
    }),
  );

/**
 * The page with all golden paths; give it the path of the Delivery tab below the page of
 * an entity where that is not `delivery`. Users without the permission `delivery.use` read
 * on it what they lack.
 *
 * @public
 */
export const DeliveryPage: (props: { tabPath?: string }) => JSX.Element =
  deliveryPlugin.provide(
    createRoutableExtension({
      name: 'DeliveryPage',
      mountPoint: rootRouteRef,
      component: () =>
        import('./PermittedFleetPage').then(m => m.PermittedFleetPage),
    }),
  );
