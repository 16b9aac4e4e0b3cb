import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { scaffolderDeliveryTranslationRef } from './translation';

/** Text field for the name; the form shows what {@link validateAppName} says below it. */
export function AppNameField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(scaffolderDeliveryTranslationRef);
  const {
    formData,
    idSchema,
    onChange,
    rawErrors,
    required,
    schema,
    uiSchema,
  } = props;
  return (
    <TextField
      id={idSchema?.$id}
      label={schema.title ?? t('appName.title')}
      description={uiSchema['ui:description'] ?? schema.description}
      secondaryLabel={required ? t('appName.required') : undefined}
      isRequired={required}
      // Native validation would hold the form back for as long as the last problem is shown.
      validationBehavior="aria"
      isInvalid={Boolean(rawErrors?.length)}
      autoComplete="off"
      // The first field of the form, where the template asks for it.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={uiSchema['ui:autofocus']}
      value={formData ?? ''}
      onChange={value => onChange(value === '' ? undefined : value)}
    />
  );
}
