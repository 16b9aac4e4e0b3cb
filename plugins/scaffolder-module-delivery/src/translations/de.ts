import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { scaffolderDeliveryTranslationRef } from '../translation';

export default createTranslationMessages({
  ref: scaffolderDeliveryTranslationRef,
  messages: {
    'appName.title': 'Name',
    'appName.required': 'Pflichtfeld',
    'appName.tooLong':
      'Verwenden Sie höchstens {{maximum}} Zeichen; dieser Name hat {{length}}.',
    'appName.malformed':
      'Verwenden Sie Kleinbuchstaben, Ziffern und einzelne „-“. Am Anfang steht ein Buchstabe, am Ende ein Buchstabe oder eine Ziffer.',
    'appName.taken':
      'Der Katalog hat schon eine Komponente „{{name}}“. Wählen Sie einen anderen Namen.',
    'appName.unknown':
      'Der Katalog antwortet nicht; ob der Name frei ist, lässt sich daher nicht sagen. Versuchen Sie es noch einmal.',
  },
});
