import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { scaffolderDeliveryTranslationRef } from '../translation';

export default createTranslationMessages({
  ref: scaffolderDeliveryTranslationRef,
  messages: {
    'appName.title': 'Nom',
    'appName.required': 'Obligatoire',
    'appName.tooLong':
      'Utilisez au plus {{maximum}} caractères ; ce nom en a {{length}}.',
    'appName.malformed':
      'Utilisez des minuscules, des chiffres et des « - » isolés ; commencez par une lettre et terminez par une lettre ou un chiffre.',
    'appName.taken':
      'Le catalogue a déjà un composant « {{name}} ». Choisissez un autre nom.',
    'appName.unknown':
      'Le catalogue ne répond pas ; on ne sait donc pas si le nom est libre. Réessayez.',
  },
});
