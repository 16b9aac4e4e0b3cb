import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';
import messages from './messages/es.json';

export default createTranslationMessages({
  ref: deliveryTranslationRef,
  messages,
});
