/**
 * The words of the form fields in other languages than English.
 *
 * @packageDocumentation
 */
import { createTranslationResource } from '@backstage/frontend-plugin-api';
import type { TranslationResource } from '@backstage/frontend-plugin-api';
import { scaffolderDeliveryTranslationRef } from '../translation';

/**
 * German, French, Spanish and Japanese, each loaded only when somebody chooses it.
 *
 * @public
 */
export const scaffolderDeliveryTranslations: TranslationResource<'plugin.scaffolder-module-delivery'> =
  createTranslationResource({
    ref: scaffolderDeliveryTranslationRef,
    translations: {
      de: () => import('./de'),
      fr: () => import('./fr'),
      es: () => import('./es'),
      ja: () => import('./ja'),
    },
  });
