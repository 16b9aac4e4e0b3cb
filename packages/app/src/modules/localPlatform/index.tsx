import {
  PageBlueprint,
  createFrontendPlugin,
  createRouteRef,
} from '@backstage/frontend-plugin-api';
import { RiServerLine } from '@remixicon/react';

const rootRouteRef = createRouteRef();

const localPlatformPage = PageBlueprint.make({
  params: {
    path: '/local-platform',
    routeRef: rootRouteRef,
    title: 'Local platform',
    icon: <RiServerLine size={20} />,
    loader: () =>
      import('./LocalPlatformPage').then(module => (
        <module.LocalPlatformPage />
      )),
  },
});

/** Shows how far the embedded platform of `npm start` is. */
export const localPlatformPlugin = createFrontendPlugin({
  pluginId: 'local-platform',
  routes: { root: rootRouteRef },
  extensions: [localPlatformPage],
});
