import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { languagesModule } from './modules/languages';
import { localPlatformPlugin } from './modules/localPlatform';
import { navModule } from './modules/nav';

/** Besides those that `app.packages` of the configuration finds. */
export const features = [
  catalogPlugin,
  languagesModule,
  navModule,
  localPlatformPlugin,
];

export default createApp({ features });
