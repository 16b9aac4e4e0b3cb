import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { localPlatformModule } from './modules/localPlatform';
import { navModule } from './modules/nav';

export default createApp({
  features: [catalogPlugin, navModule, localPlatformModule],
});
