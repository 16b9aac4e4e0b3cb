import type { RecordedRun } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { useEffect, useId, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Age, shortened, useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { Took } from '../RunView/durations';
import { StepPanel } from '../RunView/StepPanel';
import { titleOf } from '../Runs';
import { stepOf } from '../Runs/stepOf';
import { StatusDot, StatusIcon, toneOf } from '../status';
import styles from './RecordedRunPanel.module.css';

/** A run that only the history knows any more. */
export function RecordedRunPanel(props: {
  entityRef: string;
  run: RecordedRun;
  onClose: () => void;
}) {
  const { entityRef, run, onClose } = props;
  const { t, language } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const name = titleOf(run, t);
  const [searchParams, setSearchParams] = useSearchParams();
  const chosen = searchParams.get('step') ?? '';
  const step = stepOf(run, chosen);

  const choose = (id: string | undefined) =>
    setSearchParams(
      previous => {
        const next = new URLSearchParams(previous);
        next.delete('step');
        if (id !== undefined) {
          next.set('step', id);
        }
        return next;
      },
      { replace: true },
    );

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
          {t('operation.close')}
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
            {run.steps.map(each => (
              <tr key={each.id} className={toneOf(each.status)}>
                <th scope="row">
                  <span className={styles.step}>
                    <StatusIcon status={each.status} />
                    {each.status === 'failed' ? (
                      <Button
                        size="small"
                        variant="tertiary"
                        className={styles.choose}
                        aria-pressed={each === step}
                        onPress={() =>
                          choose(each === step ? undefined : each.id)
                        }
                      >
                        {each.name}
                      </Button>
                    ) : (
                      each.name
                    )}
                  </span>
                </th>
                <td className={styles.phase}>
                  {each.startedAt ? each.phase : t('run.notStarted')}
                </td>
                <td>{each.type !== 'Skipped' && <Took timed={each} />}</td>
                <td>{each.message && shortened(each.message)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {step && (
        <StepPanel
          entityRef={entityRef}
          run={{ ...run, links: [] }}
          step={step}
          chosen={chosen}
          onChoose={choose}
        />
      )}
    </section>
  );
}
