import type { Run } from '@golden-path/plugin-delivery-common';
import { OperationButton } from '../Operations';
import styles from './RunView.module.css';

/** What can be done to a run as it stands. */
export function RunActions(props: { run: Run }) {
  const { name, status, finishedAt, stepsNote } = props.run;
  return (
    <div className={styles.actions}>
      {finishedAt === undefined && (
        <>
          <OperationButton request={{ operation: 'stop-run', run: name }} />
          <OperationButton
            variant="tertiary"
            request={{ operation: 'terminate-run', run: name }}
          />
        </>
      )}
      {/* Of steps that are not in the Workflow itself none can be retried. */}
      {finishedAt !== undefined && status === 'failed' && !stepsNote && (
        <OperationButton request={{ operation: 'retry-run', run: name }} />
      )}
      {finishedAt !== undefined && (
        <OperationButton request={{ operation: 'resubmit-run', run: name }} />
      )}
    </div>
  );
}
