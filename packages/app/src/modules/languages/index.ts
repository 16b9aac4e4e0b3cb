import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { deliveryTranslations } from '@golden-path/plugin-delivery/translations';
import { scaffolderDeliveryTranslations } from '@golden-path/plugin-scaffolder-module-delivery/translations';

/** The words of plugins in the languages of `app.extensions` → `api:app/app-language`. */
export const languagesModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'delivery',
      params: { resource: deliveryTranslations },
    }),
    TranslationBlueprint.make({
      name: 'scaffolder-delivery',
      params: { resource: scaffolderDeliveryTranslations },
    }),
  ],
});
