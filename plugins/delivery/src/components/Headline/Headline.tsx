import type { Delivery } from '@golden-path/plugin-delivery-common';
import { RiArrowRightLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { Age, shortened, useWords } from '../../language';
import { CommitLine } from '../Environments';
import { OperationButton, UnavailableReason } from '../Operations';
import { SystemLinks } from '../Section';
import { StatusDot, toneOf } from '../status';
import { failedStepOf } from './failedStep';
import styles from './Headline.module.css';
import { subjectOf } from './subject';
import { OpenLog } from './OpenLog';
import { nextOffer, troublesOf } from './trouble';

/**
 * The one thing to know: where the newest commit is, or what is stuck, why, and what
 * to do about it. Trouble is announced to those who do not see the page.
 */
export function Headline(props: {
  delivery: Delivery;
  /** Since when all of this may be outdated, where it may be. */
  outdatedSince?: string;
  /** Stands at the right: the state of the connection. */
  aside: ReactNode;
}) {
  const { delivery, outdatedSince, aside } = props;
  const { t, say, stageTitle } = useWords();
  const [trouble, ...others] = troublesOf(delivery);
  const helped = trouble ?? nextOffer(delivery);
  const operation = helped?.diagnosis.operation;
  const hasLog =
    trouble && failedStepOf(trouble.diagnosis.cause, delivery.runs);
  // What comes next is done in another system, such as merging a pull request.
  const isElsewhere =
    helped !== undefined && !trouble && !operation && helped.links.length > 0;
  const status = trouble?.status ?? delivery.summary.status;
  const cause = trouble && say(trouble.diagnosis.cause);
  const otherCauses = new Set(
    others.map(other => say(other.diagnosis.cause)).filter(it => it !== cause),
  );
  // A cause that several stages share, such as a lost cluster, is not of one stage.
  const isOfOneStage = others.every(
    other => say(other.diagnosis.cause) !== cause,
  );
  const isSummedUp =
    trouble !== undefined && trouble.id === delivery.summary.stage;
  const title = trouble && !isSummedUp ? cause : say(delivery.summary.sentence);
  const subject = subjectOf(delivery, trouble);
  const shown = outdatedSince && !trouble ? 'unknown' : status;
  return (
    <section
      className={`${styles.headline} ${toneOf(shown)}`}
      data-status={outdatedSince ? 'unknown' : status}
      data-trouble={trouble ? true : undefined}
    >
      <StatusDot status={shown} />
      <div className={styles.text}>
        <div role={trouble ? 'status' : undefined}>
          {trouble && isOfOneStage && (
            <span className={styles.where}>{stageTitle(trouble)}</span>
          )}
          <h2 className={styles.title}>{title}</h2>
          {subject?.about && (
            <div className={styles.subject}>
              {!title?.includes(shortened(subject.about.sha)) && (
                <code className={styles.code}>
                  {shortened(subject.about.sha)}
                </code>
              )}
              <CommitLine commit={subject.about} />
            </div>
          )}
          {cause && cause !== title && <p className={styles.cause}>{cause}</p>}
          {outdatedSince && !trouble && (
            <p className={styles.cause}>
              {t('headline.outdated', { when: <Age since={outdatedSince} /> })}
            </p>
          )}
          {trouble?.diagnosis.evidence && (
            <blockquote
              className={styles.evidence}
              aria-label={t('headline.evidence')}
            >
              {shortened(trouble.diagnosis.evidence)}
            </blockquote>
          )}
          {helped && (
            <p className={styles.next}>
              <RiArrowRightLine aria-hidden size={16} />
              <span>
                <b>{t('headline.next')}:</b> {say(helped.diagnosis.nextStep)}
              </span>
            </p>
          )}
          {[...otherCauses].map(other => (
            <p key={other} className={styles.also}>
              {t('headline.also', { cause: other })}
            </p>
          ))}
        </div>
        {(operation || hasLog || isElsewhere) && (
          <div className={styles.action}>
            {isElsewhere && <SystemLinks links={helped.links} />}
            {hasLog && <OpenLog {...hasLog} />}
            {operation && (
              <>
                <OperationButton
                  request={operation}
                  variant={hasLog ? 'secondary' : 'primary'}
                  isNamed
                />
                <UnavailableReason request={operation} />
              </>
            )}
          </div>
        )}
      </div>
      <div className={styles.aside}>
        {aside}
        {trouble && trouble.links.length > 0 && (
          <div className={styles.links}>
            <SystemLinks links={trouble.links} />
          </div>
        )}
      </div>
    </section>
  );
}
