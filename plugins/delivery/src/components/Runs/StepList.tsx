import type { Run, Step } from '@golden-path/plugin-delivery-common';
import { memo, useMemo } from 'react';
import { Elapsed, shortened, useWords } from '../../language';
import { StatusIcon, toneOf } from '../status';
import { stepLayers } from './stepLayers';
import styles from './StepList.module.css';

const StepBox = memo((props: { step: Step }) => {
  const { step } = props;
  const { t } = useWords();
  // Argo gives steps that it passes over times and a message of their own.
  const isPassedOver = step.type === 'Skipped';
  return (
    <div
      className={`${styles.step} ${toneOf(step.status)}`}
      data-status={step.status}
    >
      <span className={styles.name}>
        <StatusIcon status={step.status} />
        <b>{step.name}</b>
      </span>
      <span className={styles.phase}>
        <span className={styles.word}>
          {step.startedAt ? step.phase : t('run.notStarted')}
        </span>
        {step.startedAt && !isPassedOver && (
          <span>
            {' · '}
            <Elapsed from={step.startedAt} to={step.finishedAt} />
          </span>
        )}
      </span>
      {step.message && !isPassedOver && (
        <span className={styles.message}>{shortened(step.message)}</span>
      )}
    </div>
  );
});

/** The steps of a run from left to right; what runs at the same time stands one above the other. */
export function StepList(props: { run: Run }) {
  const { run } = props;
  const { t } = useWords();
  const layers = useMemo(() => stepLayers(run.steps), [run.steps]);
  if (layers.length === 0) {
    return <p className={styles.none}>{t('run.noSteps')}</p>;
  }
  return (
    <ol
      className={styles.layers}
      aria-label={t('run.steps', { run: run.name })}
    >
      {layers.map(layer => (
        <li key={layer[0].id} className={styles.layer}>
          {layer.map(step => (
            <StepBox key={step.id} step={step} />
          ))}
        </li>
      ))}
    </ol>
  );
}
