import type { RecordedRun } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { useEffect, useId, useRef } from 'react';
import { Age, shortened, useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { useJustOpened } from '../focus';
import type { Press } from '../focus';
import { RunTable } from '../RunView/RunTable';
import { StepPanel } from '../RunView/StepPanel';
import { useChosenStep } from '../RunView/useChosenStep';
import { titleOf } from '../Runs';
import { stepOf } from '../Runs/stepOf';
import { StatusDot, toneOf } from '../status';
import styles from './RecordedRunPanel.module.css';

/** A run that only the history knows any more. */
export function RecordedRunPanel(props: {
  entityRef: string;
  run: RecordedRun;
  onClose: (press: Press) => void;
  isJustOpened: (name: string) => boolean;
}) {
  const { entityRef, run, onClose, isJustOpened } = props;
  const { t, language } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const name = titleOf(run, t);
  const [chosen, choose] = useChosenStep();
  const step = stepOf(run, chosen);
  const open = [step?.id ?? chosen];
  // A step that came with the run was open in the list above, or follows the title.
  const isStepJustOpened = useJustOpened(open, { before: open });

  useEffect(() => {
    if (isJustOpened(run.name)) {
      title.current?.focus();
    }
  }, [run.name, isJustOpened]);

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
        <RunTable
          run={run}
          chosen={step?.id}
          // Of those the log is kept.
          canChoose={({ status }) => status === 'failed'}
          onChoose={id => choose(id === step?.id ? undefined : id)}
        />
      )}
      {step && (
        <StepPanel
          entityRef={entityRef}
          run={{ ...run, links: [] }}
          step={step}
          chosen={chosen}
          onChoose={choose}
          isJustOpened={isStepJustOpened}
        />
      )}
    </section>
  );
}
