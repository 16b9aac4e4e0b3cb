import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { scaffolderDeliveryTranslationRef } from '../translation';

export default createTranslationMessages({
  ref: scaffolderDeliveryTranslationRef,
  messages: {
    'appName.title': 'Nombre',
    'appName.required': 'Obligatorio',
    'appName.tooLong':
      'Use como máximo {{maximum}} caracteres; este nombre tiene {{length}}.',
    'appName.malformed':
      'Use minúsculas, cifras y «-» sueltos; empiece con una letra y termine con una letra o una cifra.',
    'appName.taken':
      'El catálogo ya tiene un componente «{{name}}». Elija otro nombre.',
    'appName.unknown':
      'El catálogo no responde, así que no se sabe si el nombre está libre. Inténtelo de nuevo.',
  },
});
