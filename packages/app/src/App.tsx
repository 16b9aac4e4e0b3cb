import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { localPlatformPlugin } from './modules/localPlatform';
import { navModule } from './modules/nav';

export default createApp({
  features: [catalogPlugin, navModule, localPlatformPlugin],
});
