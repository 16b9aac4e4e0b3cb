import type { OperationOutcome } from '@golden-path/plugin-delivery-common';
import { ButtonIcon } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useWords } from '../../language';
import type { Press } from '../focus';
import { StatusIcon } from '../status';
import styles from './Operations.module.css';

/**
 * What came of the last operation. It lies over the page, so that nothing moves, and
 * stays until it is dismissed or something else is done.
 */
export function OutcomeNote(props: {
  outcome?: OperationOutcome;
  onDismiss: (press: Press) => void;
}) {
  const { outcome, onDismiss } = props;
  const { t, say } = useWords();
  return (
    <div
      className={styles.outcome}
      data-shown={outcome ? true : undefined}
      data-still
    >
      {/* Always there: a live region that comes with its text is not read. */}
      <div aria-live="polite" className={styles.words}>
        {outcome && (
          <>
            <StatusIcon
              status={outcome.outcome === 'accepted' ? 'succeeded' : 'waiting'}
            />
            <span>{say(outcome.sentence)}</span>
          </>
        )}
      </div>
      {outcome && (
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('operation.dismiss')}
          onPress={onDismiss}
        />
      )}
    </div>
  );
}
