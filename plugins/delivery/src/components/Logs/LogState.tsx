import { deliveryLogsReadPermission } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import type { ButtonProps } from '@backstage/ui';
import type { StepLogView } from '../../follow/StepLogFeed';
import { useWords } from '../../language';
import type { Words } from '../../language';
import { StatusIcon } from '../status';
import type { StageStatus } from '@golden-path/plugin-delivery-common';
import styles from './LogPane.module.css';

/** Says in words whether the log goes on, and why it does not. */
export function LogState(props: {
  view: StepLogView;
  onRetry: ButtonProps['onPress'];
}) {
  const { view, onRetry } = props;
  const { t } = useWords();
  const { status, text, isRetryable } = said(view, t);
  return (
    <div className={styles.state}>
      <div role="status" className={styles.words}>
        <StatusIcon status={status} />
        <span>{text}</span>
      </div>
      {isRetryable && (
        <Button size="small" variant="secondary" onPress={onRetry}>
          {t('log.retry')}
        </Button>
      )}
    </div>
  );
}

type Said = { status: StageStatus; text: string; isRetryable?: boolean };

function said(view: StepLogView, t: Words['t']): Said {
  switch (view.state) {
    case 'connecting':
      return { status: 'running', text: t('log.connecting') };
    case 'following':
      return { status: 'running', text: t('log.following') };
    case 'reconnecting':
      return { status: 'unknown', text: t('log.reconnecting') };
    case 'waiting':
      // The backend knows for what.
      return { status: 'waiting', text: view.message || t('log.notStarted') };
    case 'ended':
      return endOf(view, t);
    default:
      return failureOf(view, t);
  }
}

function endOf(
  { end, lines }: Extract<StepLogView, { state: 'ended' }>,
  t: Words['t'],
): Said {
  switch (end.reason) {
    case 'complete':
      return {
        status: 'succeeded',
        text: lines.length === 0 ? t('log.empty') : t('log.end.complete'),
      };
    case 'limit':
      return { status: 'suspended', text: t('log.end.limit') };
    case 'forbidden':
      return {
        status: 'suspended',
        text: t('log.end.forbidden', {
          permission: deliveryLogsReadPermission.name,
        }),
        isRetryable: true,
      };
    case 'gone':
      return { status: 'missing', text: t('log.end.gone') };
    default:
      return {
        status: 'failed',
        text: t('log.end.broken', { message: end.message ?? end.reason }),
        isRetryable: true,
      };
  }
}

function failureOf(
  { failure }: Extract<StepLogView, { state: 'failed' }>,
  t: Words['t'],
): Said {
  switch (failure.reason) {
    case 'forbidden':
      return {
        status: 'suspended',
        text: refusalIn(failure.message, t),
        isRetryable: true,
      };
    case 'signed-out':
      return {
        status: 'suspended',
        text: `${t('failure.signedOutTitle')} ${t('failure.signedOutNext')}`,
        isRetryable: true,
      };
    case 'not-found':
      return {
        status: 'missing',
        // The backend knows why: the pod is gone, or the step never had one.
        text: failure.message || t('log.notFound'),
        isRetryable: true,
      };
    default:
      return {
        status: 'failed',
        text: `${t('log.unavailable')} ${failure.message}`,
        isRetryable: true,
      };
  }
}

/** As the backend names a permission that the user lacks. */
const MISSING = /^Permission (\S+) is needed/;

/** It may also be the account of the cluster that may not read; that is said as it comes. */
function refusalIn(message: string, t: Words['t']): string {
  const [, permission] = MISSING.exec(message) ?? [];
  return permission ? t('log.forbidden', { permission }) : message;
}
