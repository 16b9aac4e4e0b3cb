import { deliveryReadPermission } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import type { DeliveryFailure } from '../../follow';
import { useWords } from '../../language';
import type { Words } from '../../language';
import { focusAround } from '../focus';
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
      <TryAgain variant="secondary" onRetry={onRetry} />
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
      <TryAgain variant="tertiary" onRetry={onRetry} />
    </p>
  );
}

/** Goes away with the notice as soon as it is pressed. */
function TryAgain(props: {
  variant: 'secondary' | 'tertiary';
  onRetry: () => void;
}) {
  const { variant, onRetry } = props;
  const { t } = useWords();
  return (
    <Button
      variant={variant}
      size="small"
      onPress={press => {
        focusAround(press);
        onRetry();
      }}
    >
      {t('failure.retry')}
    </Button>
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
