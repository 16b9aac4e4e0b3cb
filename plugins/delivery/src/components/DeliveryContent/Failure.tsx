import { parseEntityRef, RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { deliveryReadPermission } from '@golden-path/plugin-delivery-common';
import type { StageStatus } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { RiErrorWarningLine, RiLockLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import type { DeliveryFailure } from '../../follow';
import { useWords } from '../../language';
import type { Words } from '../../language';
import { focusAround } from '../focus';
import { toneOf } from '../status';
import styles from './Failure.module.css';

/** Says why there is nothing to show, and what helps. */
export function Failure(props: {
  failure: DeliveryFailure;
  entity: Entity;
  onRetry: () => void;
}) {
  const { failure, entity, onRetry } = props;
  const words = useWords();
  const { title, next, status } = wordsOf(failure, entity, words);
  return (
    <Refusal
      status={status}
      isForbidden={failure.reason === 'forbidden'}
      title={title}
      next={next}
    >
      <p className={styles.message}>{failure.message}</p>
      <Button
        variant="secondary"
        onPress={press => {
          focusAround(press);
          onRetry();
        }}
      >
        {words.t('failure.retry')}
      </Button>
    </Refusal>
  );
}

/** What is in the way, and what helps. */
export function Refusal(props: {
  status: StageStatus;
  isForbidden: boolean;
  title: string;
  next: string;
  children?: ReactNode;
}) {
  const { status, isForbidden, title, next, children } = props;
  const Icon = isForbidden ? RiLockLine : RiErrorWarningLine;
  return (
    <section role="alert" className={`${styles.failure} ${toneOf(status)}`}>
      <Icon aria-hidden size={28} className={styles.icon} />
      <div className={styles.text}>
        <h2 className={styles.title}>{title}</h2>
        <p>{next}</p>
        {children}
      </div>
    </section>
  );
}

/** What a failure means for whoever looks, and what helps. */
export function wordsOf(
  failure: DeliveryFailure,
  entity: Entity,
  { t, language }: Pick<Words, 't' | 'language'>,
) {
  const name = entity.metadata.title ?? entity.metadata.name;
  switch (failure.reason) {
    case 'forbidden': {
      const owners = (entity.relations ?? [])
        .filter(relation => relation.type === RELATION_OWNED_BY)
        .map(relation =>
          humanizeEntityRef(parseEntityRef(relation.targetRef), {
            defaultKind: 'group',
          }),
        );
      return {
        status: 'suspended',
        title: t('failure.forbiddenTitle', { entity: name }),
        next: t('failure.forbiddenNext', {
          permission: deliveryReadPermission.name,
          owner:
            new Intl.ListFormat(language, { type: 'disjunction' }).format(
              owners,
            ) || t('failure.noOwner'),
        }),
      } as const;
    }
    case 'not-found':
      return {
        status: 'missing',
        title: t('failure.notFoundTitle', { entity: name }),
        next: t('failure.notFoundNext'),
      } as const;
    case 'signed-out':
      return {
        status: 'suspended',
        title: t('failure.signedOutTitle'),
        next: t('failure.signedOutNext'),
      } as const;
    case 'misunderstood':
      return {
        status: 'failed',
        title: t('failure.misunderstoodTitle'),
        next: t('failure.misunderstoodNext'),
      } as const;
    default:
      return {
        status: 'failed',
        title: t('failure.unavailableTitle'),
        next: t('failure.unavailableNext'),
      } as const;
  }
}
