import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/**
 * Form fields of the golden path's templates: `DeliveryAppName`.
 *
 * @public
 */
export const scaffolderDeliveryModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    FormFieldBlueprint.make({
      name: 'delivery-app-name',
      params: {
        field: () => import('./appNameFormField').then(m => m.appNameFormField),
      },
    }),
  ],
});
