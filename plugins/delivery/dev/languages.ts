import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { deliveryTranslations } from '../src/translations';

/** The languages themselves are in the app-config.yaml of this repository. */
export const languages = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'delivery',
      params: { resource: deliveryTranslations },
    }),
  ],
});
