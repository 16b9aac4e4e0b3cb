import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { scaffolderDeliveryTranslationRef } from '../translation';

export default createTranslationMessages({
  ref: scaffolderDeliveryTranslationRef,
  messages: {
    'appName.title': '名前',
    'appName.required': '必須',
    'appName.tooLong':
      '{{maximum}} 文字以内にしてください。この名前は {{length}} 文字です。',
    'appName.malformed':
      '英小文字、数字、「-」を使ってください。「-」は続けて使えません。先頭は英字、末尾は英字または数字にしてください。',
    'appName.taken':
      'カタログにはすでにコンポーネント「{{name}}」があります。別の名前を選んでください。',
    'appName.unknown':
      'カタログが応答しないため、この名前が使えるかどうか分かりません。もう一度お試しください。',
  },
});
