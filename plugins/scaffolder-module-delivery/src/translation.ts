import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** In English. */
export const messages = {
  'appName.title': 'Name',
  'appName.required': 'Required',
  'appName.tooLong':
    'Use at most {{maximum}} characters; this name has {{length}}.',
  'appName.malformed':
    'Use lower case letters, digits and single "-"; begin with a letter and end with a letter or digit.',
  'appName.taken':
    'The catalog has a component "{{name}}" already. Choose another name.',
  'appName.unknown':
    'The catalog does not answer, so it is unknown whether the name is free. Try again.',
} as const;

/**
 * Texts of the form fields.
 *
 * @public
 */
export const scaffolderDeliveryTranslationRef = createTranslationRef({
  id: 'plugin.scaffolder-module-delivery',
  messages,
});
