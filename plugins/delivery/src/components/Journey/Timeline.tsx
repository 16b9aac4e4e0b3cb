import type { Journey } from '@golden-path/plugin-delivery-common';
import { memo, useMemo } from 'react';
import { Age, useWords } from '../../language';
import type { AnyMessage } from '../../language';
import { formatDuration, formatMoment } from '../../language/time';
import { SystemLinks } from '../Section';
import styles from './Journey.module.css';
import { JourneyStatus } from './JourneyStatus';
import { timedSteps } from './journeyTimes';

/** The steps of a commit's way, with the time that each took. */
export const Timeline = memo(({ journey }: { journey: Journey }) => {
  const { t, say, language } = useWords();
  const steps = useMemo(() => timedSteps(journey), [journey]);
  return (
    <ol className={styles.timeline}>
      {steps.map(({ step, later }) => (
        <li
          key={step.id}
          className={styles.step}
          data-status={step.status}
          aria-current={step.id === journey.current ? 'step' : undefined}
        >
          <JourneyStatus status={step.status} />
          <div className={styles.what}>
            <span className={styles.name}>
              {(t as AnyMessage)(`journey.${step.kind}`, {
                environment: step.environment ?? '',
              })}
            </span>
            {step.sentence && (
              <span className={styles.quiet}>{say(step.sentence)}</span>
            )}
            {step.links && step.links.length > 0 && (
              <span className={styles.links}>
                <SystemLinks links={step.links} />
              </span>
            )}
          </div>
          {step.at && (
            <span className={styles.time}>
              {later === undefined ? (
                <Age since={step.at} />
              ) : (
                <time
                  dateTime={step.at}
                  title={formatMoment(step.at, language)}
                >
                  {t('journey.later', {
                    duration: formatDuration(later, language),
                  })}
                </time>
              )}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
});
