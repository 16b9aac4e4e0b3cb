import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * Texts of the form fields.
 *
 * @public
 */
export const scaffolderDeliveryTranslationRef = createTranslationRef({
  id: 'plugin.scaffolder-module-delivery',
  messages: {
    appName: {
      title: 'Name',
      required: 'Required',
      tooLong: 'Use at most {{maximum}} characters; this name has {{length}}.',
      malformed:
        'Use lower case letters, digits and "-"; begin with a letter and end with a letter or digit.',
      taken:
        'The catalog has a component "{{name}}" already. Choose another name.',
      unknown:
        'The catalog does not answer, so it is unknown whether the name is free. Try again.',
    },
  },
});
