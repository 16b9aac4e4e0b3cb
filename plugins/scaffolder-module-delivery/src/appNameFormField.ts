import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { AppNameField } from './AppNameField';
import { validateAppName } from './validateAppName';

/** `ui:field: DeliveryAppName` */
export const appNameFormField = createFormField({
  name: 'DeliveryAppName',
  component: AppNameField,
  validation: validateAppName,
  schema: makeFieldSchema({ output: z => z.string() }),
});
