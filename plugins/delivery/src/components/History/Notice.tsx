import { deliveryReadPermission } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import type { DeliveryFailure } from '../../follow';
import { useWords } from '../../language';
import type { Words } from '../../language';
import styles from './History.module.css';

/** Why something recorded cannot be shown, and what helps. */
export function Unread(props: {
  failure: DeliveryFailure;
  /** What one who may not see it is told, where it is not about one entity. */
  forbidden?: string;
  onRetry: () => void;
}) {
  const { failure, forbidden, onRetry } = props;
  const { t } = useWords();
  return (
    <div role="alert" className={styles.notice}>
      <p>
        {failure.reason === 'forbidden' && forbidden
          ? forbidden
          : wordsOf(failure, t)}
      </p>
      {failure.reason !== 'forbidden' && (
        <p className={styles.message}>{failure.message}</p>
      )}
      <Button variant="secondary" size="small" onPress={onRetry}>
        {t('failure.retry')}
      </Button>
    </div>
  );
}

/** What is shown is true, but newer things may be missing. */
export function Outdated(props: {
  /** What is the matter, where it is not that it is outdated. */
  text?: string;
  failure: DeliveryFailure;
  onRetry: () => void;
}) {
  const { text, failure, onRetry } = props;
  const { t } = useWords();
  return (
    <p role="status" className={styles.outdated} title={failure.message}>
      {text ?? t('history.outdated')}{' '}
      <Button variant="tertiary" size="small" onPress={onRetry}>
        {t('failure.retry')}
      </Button>
    </p>
  );
}

function wordsOf(failure: DeliveryFailure, t: Words['t']): string {
  switch (failure.reason) {
    case 'forbidden':
      return t('history.forbidden', {
        permission: deliveryReadPermission.name,
      });
    case 'not-found':
      return t('history.notKept');
    case 'signed-out':
      return `${t('failure.signedOutTitle')} ${t('failure.signedOutNext')}`;
    case 'misunderstood':
      return t('failure.misunderstoodTitle');
    default:
      return t('history.unavailable');
  }
}
