import { ApiHolder, translationApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { scaffolderDeliveryTranslationRef } from './translation';

/** The action `delivery:app:check` of the backend module has the same rules. */
const MAXIMUM_LENGTH = 30;
const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Says under the field why a name cannot be an application's: malformed, or taken
 * in the catalog as the person at the form may see it.
 *
 * @param name - as typed
 * @param validation - takes the sentence
 * @param context - APIs of the app
 */
export async function validateAppName(
  name: string,
  validation: { addError(message: string): void },
  context: { apiHolder: ApiHolder },
): Promise<void> {
  const translation = context.apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderDeliveryTranslationRef);
  const catalog = context.apiHolder.get(catalogApiRef);
  if (!translation?.ready || !catalog) {
    throw new Error('The form needs the catalog and translation APIs');
  }
  const { t } = translation;

  if (name.length > MAXIMUM_LENGTH) {
    validation.addError(
      t('appName.tooLong', {
        maximum: String(MAXIMUM_LENGTH),
        length: String(name.length),
      }),
    );
    return;
  }
  if (!PATTERN.test(name)) {
    validation.addError(t('appName.malformed'));
    return;
  }
  try {
    if (await catalog.getEntityByRef(`component:default/${name}`)) {
      validation.addError(t('appName.taken', { name }));
    }
  } catch {
    validation.addError(t('appName.unknown'));
  }
}
