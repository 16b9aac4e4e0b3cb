import type { RecordedPromotion } from '@golden-path/plugin-delivery-common';
import { shortened } from '../../language';
import type { Words } from '../../language';
import { shortMoment } from './RunWords';

/** What was promoted, by whom, where that is known, and when it was asked for. */
export function promotionWordsOf(
  { to, commit, imageTag, requestedAt, by }: RecordedPromotion,
  { t, language }: Pick<Words, 't' | 'language'>,
): { title: string; lines: string[] } {
  return {
    title: t('history.promotedTo', {
      commit: shortened(commit ?? imageTag ?? ''),
      environment: to,
    }),
    lines: [
      ...(by ? [t('operation.by', { name: by })] : []),
      shortMoment(requestedAt, language),
    ],
  };
}
