import type { RecordedRun } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { useEffect, useId, useRef } from 'react';
import { Age, shortened, useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { Took } from '../RunView/durations';
import { titleOf } from '../Runs';
import { StatusDot, StatusIcon, toneOf } from '../status';
import styles from './RecordedRunPanel.module.css';

/** A run that only the history knows any more. */
export function RecordedRunPanel(props: {
  run: RecordedRun;
  onClose: () => void;
}) {
  const { run, onClose } = props;
  const { t, language } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const name = titleOf(run, t);

  useEffect(() => {
    title.current?.focus();
  }, [run.uid]);

  return (
    <section aria-labelledby={titleId} className={styles.run}>
      <div className={styles.head}>
        <StatusDot status={run.status} size="small" />
        <h3 id={titleId} ref={title} tabIndex={-1} className={styles.title}>
          {name} <span className={styles.name}>{run.name}</span>
        </h3>
        <Button
          size="small"
          variant="tertiary"
          aria-label={t('history.close', { run: name })}
          onPress={onClose}
        >
          {t('history.closed')}
        </Button>
      </div>
      <p className={styles.facts}>
        <span className={`${styles.phase} ${toneOf(run.status)}`}>
          {run.phase}
        </span>
        {run.durationSeconds !== undefined && (
          <span>{formatDuration(run.durationSeconds * 1_000, language)}</span>
        )}
        <Age since={run.finishedAt} />
        {run.startedBy && (
          <span>{t('run.startedBy', { name: run.startedBy })}</span>
        )}
      </p>
      {run.message && (
        <p className={styles.message}>{shortened(run.message)}</p>
      )}
      <p className={styles.note}>{t('history.forgotten')}</p>
      {run.steps.length > 0 && (
        <table
          className={styles.steps}
          aria-label={t('run.steps', { run: run.name })}
        >
          <thead>
            <tr>
              <th scope="col">{t('run.step')}</th>
              <th scope="col">{t('run.phase')}</th>
              <th scope="col">{t('run.duration')}</th>
              <th scope="col">{t('run.message')}</th>
            </tr>
          </thead>
          <tbody>
            {run.steps.map(step => (
              <tr key={step.id} className={toneOf(step.status)}>
                <th scope="row">
                  <span className={styles.step}>
                    <StatusIcon status={step.status} />
                    {step.name}
                  </span>
                </th>
                <td className={styles.phase}>
                  {step.startedAt ? step.phase : t('run.notStarted')}
                </td>
                <td>{step.type !== 'Skipped' && <Took timed={step} />}</td>
                <td>{step.message && shortened(step.message)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
