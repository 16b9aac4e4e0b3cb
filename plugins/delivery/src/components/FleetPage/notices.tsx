import {
  DELIVERY_ANNOTATIONS,
  deliveryReadPermission,
} from '@golden-path/plugin-delivery-common';
import type {
  SourceHealth,
  StageStatus,
} from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import {
  RiErrorWarningLine,
  RiLockLine,
  RiRouteLine,
  RiWifiOffLine,
} from '@remixicon/react';
import type { ReactNode, RefObject } from 'react';
import type { DeliveryFailure } from '../../follow';
import { Age, useWords } from '../../language';
import { toneOf } from '../status';
import styles from './notices.module.css';

/** What is the matter, and what to do about it. */
function Notice(props: {
  status: StageStatus;
  icon: typeof RiLockLine;
  role?: 'alert' | 'status';
  title: string;
  /** Of one that takes the focus. */
  titleRef?: RefObject<HTMLHeadingElement>;
  children: ReactNode;
  action?: ReactNode;
}) {
  const { status, icon: Icon, role, title, titleRef, children, action } = props;
  return (
    <section role={role} className={`${styles.notice} ${toneOf(status)}`}>
      <Icon aria-hidden size={22} className={styles.icon} />
      <div className={styles.text}>
        <h2 ref={titleRef} tabIndex={titleRef && -1}>
          {title}
        </h2>
        {children}
      </div>
      {action}
    </section>
  );
}

/** No golden path at all, or none that this user may see. */
export function Empty(props: { titleRef: RefObject<HTMLHeadingElement> }) {
  const { t } = useWords();
  return (
    <Notice
      status="waiting"
      icon={RiRouteLine}
      title={t('fleet.emptyTitle')}
      titleRef={props.titleRef}
    >
      <p>
        {t('fleet.emptyNext', {
          annotation: DELIVERY_ANNOTATIONS.instanceName,
          permission: deliveryReadPermission.name,
        })}
      </p>
    </Notice>
  );
}

/** There is nothing to show because the request failed. */
export function Refused(props: {
  failure: DeliveryFailure;
  hasCursor: boolean;
  onRetry: () => void;
  onStartOver: () => void;
  titleRef: RefObject<HTMLHeadingElement>;
}) {
  const { failure, hasCursor, onRetry, onStartOver, titleRef } = props;
  const { t } = useWords();
  const isLostPage = failure.reason === 'misunderstood' && hasCursor;
  const isForbidden = failure.reason === 'forbidden';
  return (
    <Notice
      role="alert"
      status={isForbidden ? 'suspended' : 'failed'}
      icon={isForbidden ? RiLockLine : RiErrorWarningLine}
      title={isLostPage ? t('fleet.pageLostTitle') : titleOf(failure, t)}
      titleRef={titleRef}
      action={
        <Button
          variant="secondary"
          onPress={isLostPage ? onStartOver : onRetry}
        >
          {isLostPage ? t('fleet.firstPage') : t('failure.retry')}
        </Button>
      }
    >
      {!isLostPage && <p>{nextOf(failure, t)}</p>}
      <p className={styles.message}>{failure.message}</p>
    </Notice>
  );
}

/** What is shown is no longer kept up to date. */
export function NotRefreshed(props: {
  failure: DeliveryFailure;
  since: string | undefined;
  onRetry: () => void;
}) {
  const { failure, since, onRetry } = props;
  const { t } = useWords();
  return (
    <Notice
      role="status"
      status="unknown"
      icon={RiWifiOffLine}
      title={titleOf(failure, t)}
      action={
        <Button variant="secondary" onPress={onRetry}>
          {t('failure.retry')}
        </Button>
      }
    >
      <p>
        {since && t('fleet.trueWhen', { when: <Age since={since} /> })}{' '}
        {nextOf(failure, t)}
      </p>
      <p className={styles.message}>{failure.message}</p>
    </Notice>
  );
}

/** Clusters that do not answer: their rows may be outdated. */
export function SourcesOutOfReach(props: { sources: SourceHealth[] }) {
  const { t, language } = useWords();
  const stale = props.sources.filter(source => source.state === 'stale');
  if (stale.length === 0) {
    return null;
  }
  const clusters = [...new Set(stale.map(source => source.cluster))];
  const since = stale.map(source => source.since).sort()[0];
  return (
    <Notice
      role="status"
      status="unknown"
      icon={RiWifiOffLine}
      title={t('fleet.outOfReachTitle', {
        clusters: new Intl.ListFormat(language).format(clusters),
      })}
    >
      <p>{t('fleet.outOfReachNext', { when: <Age since={since} /> })}</p>
      {stale[0].reason && <p className={styles.message}>{stale[0].reason}</p>}
    </Notice>
  );
}

type Translate = ReturnType<typeof useWords>['t'];

function titleOf(failure: DeliveryFailure, t: Translate): string {
  switch (failure.reason) {
    case 'forbidden':
      return t('fleet.forbiddenTitle');
    case 'signed-out':
      return t('failure.signedOutTitle');
    case 'misunderstood':
      return t('failure.misunderstoodTitle');
    default:
      return t('failure.unavailableTitle');
  }
}

function nextOf(failure: DeliveryFailure, t: Translate): string {
  switch (failure.reason) {
    case 'forbidden':
      return t('fleet.forbiddenNext', {
        permission: deliveryReadPermission.name,
      });
    case 'signed-out':
      return t('failure.signedOutNext');
    case 'misunderstood':
      return t('failure.misunderstoodNext');
    default:
      return t('failure.unavailableNext');
  }
}
