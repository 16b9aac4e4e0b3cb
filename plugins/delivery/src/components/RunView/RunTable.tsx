/* eslint-disable jsx-a11y/no-interactive-element-to-noninteractive-role --
   laid out as lines, parts of a table lose their roles in some browsers */
import type { Run, Step } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { memo, useMemo } from 'react';
import { shortened, useWords } from '../../language';
import { StatusIcon, toneOf } from '../status';
import { Took } from './durations';
import tables from '../Section/table.module.css';
import styles from './RunTable.module.css';

const COLUMNS = ['step', 'phase', 'duration', 'after', 'message'] as const;

const StepRow = memo(
  (props: {
    step: Step;
    /** Names of the steps that come directly before. */
    after: string;
    isChosen: boolean;
    canChoose: boolean;
    onChoose: (id: string) => void;
  }) => {
    const { step, after, isChosen, canChoose, onChoose } = props;
    const { t } = useWords();
    const isPassedOver = step.type === 'Skipped';
    const notes = [
      step.hook && t('run.hook'),
      step.daemon && t('run.daemon'),
      step.attempts &&
        step.attempts.length > 1 &&
        t('run.attempts', { number: String(step.attempts.length) }),
    ].filter(Boolean);
    return (
      <tr
        role="row"
        className={toneOf(step.status)}
        data-chosen={isChosen || undefined}
      >
        <th role="rowheader" scope="row">
          <span className={styles.name}>
            <StatusIcon status={step.status} />
            {canChoose ? (
              <Button
                size="small"
                variant="tertiary"
                className={styles.choose}
                data-step={step.id}
                aria-pressed={isChosen}
                onPress={() => onChoose(step.id)}
              >
                {step.name}
              </Button>
            ) : (
              step.name
            )}
            {notes.length > 0 && (
              <span className={styles.quiet}>{notes.join(' · ')}</span>
            )}
          </span>
        </th>
        <td role="cell" className={styles.phase}>
          {step.startedAt ? step.phase : t('run.notStarted')}
        </td>
        <td role="cell" className={styles.duration}>
          {!isPassedOver && <Took timed={step} />}
        </td>
        <td role="cell" className={styles.quiet}>
          {after && (
            <span aria-hidden className={styles.label}>
              {t('run.after')}:{' '}
            </span>
          )}
          {after}
        </td>
        <td role="cell" className={styles.message}>
          {step.message && !isPassedOver && shortened(step.message)}
        </td>
      </tr>
    );
  },
);

/** The steps of a run as a table that says the same as the graph. */
export function RunTable(props: {
  run: Pick<Run, 'name' | 'steps'>;
  chosen?: string;
  /** Which steps there is more to see of; all of them without it. */
  canChoose?: (step: Step) => boolean;
  onChoose: (id: string) => void;
}) {
  const { run, chosen, canChoose, onChoose } = props;
  const { t } = useWords();
  const names = useMemo(
    () => new Map(run.steps.map(step => [step.id, step.name])),
    [run.steps],
  );
  return (
    <div className={styles.scroll}>
      <table
        role="table"
        className={`${tables.table} ${styles.table}`}
        aria-label={t('run.steps', { run: run.name })}
      >
        <thead>
          <tr role="row">
            {COLUMNS.map(column => (
              <th key={column} role="columnheader" scope="col">
                {t(`run.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.steps.map(step => (
            <StepRow
              key={step.id}
              step={step}
              after={step.dependsOn
                .flatMap(id => names.get(id) ?? [])
                .join(', ')}
              isChosen={step.id === chosen}
              canChoose={canChoose?.(step) ?? true}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
