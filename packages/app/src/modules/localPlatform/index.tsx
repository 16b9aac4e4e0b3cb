import {
  PageBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { RiServerLine } from '@remixicon/react';

const localPlatformPage = PageBlueprint.make({
  params: {
    path: '/local-platform',
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
  extensions: [localPlatformPage],
});
