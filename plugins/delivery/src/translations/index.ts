/**
 * The words of the delivery plugin in other languages than English.
 *
 * @packageDocumentation
 */
import { createTranslationResource } from '@backstage/frontend-plugin-api';
import type { TranslationResource } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';

/**
 * German, French, Spanish and Japanese, each loaded only when somebody chooses it. What a
 * language lacks is said in English.
 *
 * @public
 */
export const deliveryTranslations: TranslationResource<'delivery'> =
  createTranslationResource({
    ref: deliveryTranslationRef,
    translations: {
      de: () => import('./de'),
      fr: () => import('./fr'),
      es: () => import('./es'),
      ja: () => import('./ja'),
    },
  });
