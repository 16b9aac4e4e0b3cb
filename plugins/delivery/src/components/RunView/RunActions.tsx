import { memo } from 'react';
import { OperationButton } from '../Operations';
import styles from './RunView.module.css';

/** What can be done to a run as it stands. */
export const RunActions = memo(
  (props: {
    name: string;
    isFinished: boolean;
    isRetriable: boolean;
    isRepeatable: boolean;
  }) => {
    const { name, isFinished, isRetriable, isRepeatable } = props;
    return (
      <div className={styles.actions}>
        {isFinished ? (
          <>
            {isRetriable && (
              <OperationButton
                request={{ operation: 'retry-run', run: name }}
              />
            )}
            {isRepeatable && (
              <OperationButton
                request={{ operation: 'resubmit-run', run: name }}
              />
            )}
          </>
        ) : (
          <>
            <OperationButton request={{ operation: 'stop-run', run: name }} />
            <OperationButton
              variant="tertiary"
              request={{ operation: 'terminate-run', run: name }}
            />
          </>
        )}
      </div>
    );
  },
);
