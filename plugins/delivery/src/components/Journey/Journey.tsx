import type { Journey as JourneyFacts } from '@golden-path/plugin-delivery-common';
import { memo, useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { Section } from '../Section';
import { CommitChoice, nameOf } from './CommitChoice';
import styles from './Journey.module.css';
import { leadTime } from './journeyTimes';
import { Timeline } from './Timeline';

/**
 * The ways of the newest commits. Shown is the newest one that goes anywhere, such as none
 * that only merges a promotion, unless the URL names another: `?commit=TAG`.
 */
export const Journey = memo((props: { journeys: JourneyFacts[] }) => {
  const { journeys } = props;
  const { t, language } = useWords();
  const [searchParams, setSearchParams] = useSearchParams();
  const wanted = searchParams.get('commit');
  const chosen =
    journeys.find(({ tag }) => tag === wanted) ??
    journeys.find(({ status }) => status !== 'skipped') ??
    journeys.at(0);
  const onChoose = useCallback(
    (tag: string) =>
      setSearchParams(
        previous => {
          const next = new URLSearchParams(previous);
          next.set('commit', tag);
          return next;
        },
        { replace: true },
      ),
    [setSearchParams],
  );
  const lead = chosen && leadTime(chosen);
  return (
    <Section
      title={t('journey.title')}
      aside={
        lead &&
        t('journey.leadTime', {
          duration: formatDuration(lead.milliseconds, language),
          environment: lead.environment,
        })
      }
    >
      {chosen ? (
        <div className={styles.journey}>
          <ul className={styles.choices} aria-label={t('journey.choose')}>
            {journeys.map(journey => (
              <CommitChoice
                key={journey.tag}
                journey={journey}
                isChosen={journey === chosen}
                onChoose={onChoose}
              />
            ))}
          </ul>
          <div role="group" aria-label={nameOf(chosen, t)}>
            <Timeline journey={chosen} />
          </div>
        </div>
      ) : (
        <p className={styles.none}>{t('journey.none')}</p>
      )}
    </Section>
  );
});
