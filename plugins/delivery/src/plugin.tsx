import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isDeliveryAvailable } from '@golden-path/plugin-delivery-common';
import { RiRouteLine } from '@remixicon/react';
import { z } from 'zod';
import { DeliveryClient, deliveryApiRef } from './api';
import { deliveryRouteRef, fleetRouteRef } from './routes';

const deliveryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DeliveryClient({ fetchApi }),
    }),
});

const deliveryContent = EntityContentBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    group: 'deployment',
    icon: <RiRouteLine />,
    // No predicate of data can read a label selector; app-config may give one instead.
    filter: isDeliveryAvailable,
    routeRef: deliveryRouteRef,
    loader: () =>
      import('./components/DeliveryContent').then(m => <m.DeliveryContent />),
  },
});

const deliveryCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: isDeliveryAvailable,
    loader: () =>
      import('./components/DeliveryCard/RoutedDeliveryCard').then(m => (
        <m.RoutedDeliveryCard />
      )),
  },
});

/**
 * Has no `if` of its own: it would ask for `delivery.read` without an entity, which a policy
 * with conditions, such as "what you own", cannot answer. The page shows what one may see.
 */
const fleetPage = PageBlueprint.makeWithOverrides({
  configSchema: {
    /** Path of the Delivery tab below the page of an entity, where rows link to. */
    tabPath: z.string().default('delivery'),
  },
  factory: (originalFactory, { config }) =>
    originalFactory({
      path: '/delivery',
      title: 'Delivery',
      icon: <RiRouteLine />,
      routeRef: fleetRouteRef,
      loader: () =>
        import('./components/FleetPage').then(m => (
          <m.FleetPage tabPath={config.tabPath} />
        )),
    }),
});

/**
 * The delivery plugin: the Delivery tab, a card for the overview page, the page with all
 * golden paths, and their client.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <RiRouteLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: fleetRouteRef, entityContent: deliveryRouteRef },
  extensions: [deliveryApi, deliveryContent, deliveryCard, fleetPage],
});
