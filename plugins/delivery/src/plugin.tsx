import {
  ApiBlueprint,
  coreExtensionData,
  createFrontendPlugin,
  ExtensionBoundary,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  deliveryUsePermission,
  isDeliveryAvailable,
} from '@golden-path/plugin-delivery-common';
import { RiRouteLine } from '@remixicon/react';
import { z } from 'zod';
import { DeliveryClient, deliveryApiRef } from './api';
import { NamedIcon } from './components/NamedIcon';
import { entityAt } from './entityAt';
import { deliveryRouteRef, fleetRouteRef } from './routes';
import { readAhead, TabContent } from './TabContent';

const deliveryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DeliveryClient({ fetchApi }),
    }),
});

const deliveryContent = EntityContentBlueprint.makeWithOverrides({
  factory: (originalFactory, { apis, config, node }) => {
    const path = '/delivery';
    const entityRef = entityAt(window.location.pathname, config.path ?? path);
    if (entityRef) {
      readAhead(apis.get(deliveryApiRef), entityRef);
    }
    const output = originalFactory({
      path,
      title: 'Delivery',
      group: 'deployment',
      icon: <RiRouteLine />,
      // A function, because no predicate of data reads label selectors, and entities of older
      // golden paths have nothing else. app-config may give a predicate instead.
      filter: isDeliveryAvailable,
      routeRef: deliveryRouteRef,
      loader: async () => <TabContent />,
    });
    const element = coreExtensionData.reactElement(
      // The blueprint's own is always lazy.
      <ExtensionBoundary node={node}>
        <TabContent />
      </ExtensionBoundary>,
    );
    return [...output].map(each => (each.id === element.id ? element : each));
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

const fleetPage = PageBlueprint.makeWithOverrides({
  configSchema: {
    /** Path of the Delivery tab below the page of an entity, where rows link to. */
    tabPath: z.string().default('delivery'),
    /** Name of one of the app's icons. */
    icon: z.string().optional(),
  },
  factory: (originalFactory, { config }) =>
    originalFactory({
      path: '/delivery',
      title: 'Delivery',
      icon: config.icon ? <NamedIcon name={config.icon} /> : <RiRouteLine />,
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
 * @remarks
 * None of it is there for users without {@link deliveryUsePermission}. That is not
 * `delivery.read`: Backstage asks for what `if` names once, without an entity and as a basic
 * permission, and to this a policy with conditions, such as "what you own", has no answer;
 * the app would not start. What a user may read of an entity is told where it is shown.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <RiRouteLine />,
  if: { permissions: { $contains: deliveryUsePermission.name } },
  info: { packageJson: () => import('../package.json') },
  routes: { root: fleetRouteRef, entityContent: deliveryRouteRef },
  extensions: [deliveryApi, deliveryContent, deliveryCard, fleetPage],
});
