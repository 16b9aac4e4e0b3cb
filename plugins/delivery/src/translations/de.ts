import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';
import messages from './messages/de.json';

export default createTranslationMessages({
  ref: deliveryTranslationRef,
  messages,
});
