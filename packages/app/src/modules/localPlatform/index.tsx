import {
  PageBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { RiServerLine } from '@remixicon/react';

const localPlatformPage = PageBlueprint.make({
  name: 'local-platform',
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

export const localPlatformModule = createFrontendModule({
  pluginId: 'app',
  extensions: [localPlatformPage],
});
