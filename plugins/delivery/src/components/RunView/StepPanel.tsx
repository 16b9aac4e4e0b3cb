import type { Run, Step } from '@golden-path/plugin-delivery-common';
import {
  ButtonIcon,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { shortened, useWords } from '../../language';
import { elementOf, focusFirst } from '../focus';
import { StatusIcon, toneOf } from '../status';
import { Took } from './durations';
import styles from './RunView.module.css';

const LogPane = lazy(() =>
  import('../Logs').then(m => ({ default: m.LogPane })),
);

/** Phases of steps that were passed over. */
const PASSED_OVER = new Set(['Omitted', 'Skipped']);

/** One step in full: its state, its attempts and its log. */
export function StepPanel(props: {
  entityRef: string;
  run: Run;
  step: Step;
  /** `id` of the step, or of one of its attempts. */
  chosen: string;
  onChoose: (id: string | undefined) => void;
  isJustOpened: (id: string) => boolean;
}) {
  const { entityRef, run, step, chosen, onChoose, isJustOpened } = props;
  const { t } = useWords();
  const attempts = step.attempts ?? [];
  const attempt = attempts.find(({ id }) => id === chosen);
  const shown = attempt ?? step;
  // The newest attempt is followed, unless somebody has chosen one.
  const logged = attempt ?? attempts.at(-1) ?? step;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever chooses a step wants to read it: the reading starts here.
  useEffect(() => {
    if (isJustOpened(step.id)) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [step.id, isJustOpened]);
  const note = noteOf(step);
  return (
    <div className={`${styles.step} ${toneOf(shown.status)}`}>
      <div className={styles.stepHead}>
        <StatusIcon status={shown.status} />
        <h4
          ref={heading}
          tabIndex={-1}
          className={styles.stepName}
          data-opened={step.id}
        >
          {step.name}
        </h4>
        <span className={styles.stepPhase}>
          {shown.startedAt ? shown.phase : t('run.notStarted')}
        </span>
        <span className={styles.quiet}>
          <Took timed={shown} />
        </span>
        <ButtonIcon
          size="small"
          variant="tertiary"
          className={styles.close}
          icon={<RiCloseLine />}
          aria-label={t('run.closeStep', { step: step.name })}
          onPress={press => {
            focusFirst(press, [
              elementOf('step', step.id),
              heading.current?.closest('li, section'),
            ]);
            onChoose(undefined);
          }}
        />
      </div>
      {shown.message && (
        <p className={styles.message}>{shortened(shown.message)}</p>
      )}
      {attempts.length > 1 && (
        <ToggleButtonGroup
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[logged.id]}
          onSelectionChange={keys => onChoose(String([...keys][0]))}
          aria-label={t('run.attempts', { number: String(attempts.length) })}
        >
          {attempts.map(({ id, status }, i) => (
            <ToggleButton
              key={id}
              id={id}
              size="small"
              iconStart={<StatusIcon status={status} />}
            >
              {t('run.attempt', { number: String(i + 1) })}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
      {note ? (
        <p className={styles.quiet}>{t(note)}</p>
      ) : (
        <Suspense fallback={<Skeleton width="100%" height={320} />}>
          <LogPane
            key={step.id}
            entityRef={entityRef}
            run={run.name}
            step={logged.id}
            name={step.name}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Why there is no log, where there is none: only what runs in a pod has one. */
function noteOf(step: Step): 'log.notStarted' | 'log.noPod' | undefined {
  if (!step.startedAt) {
    return 'log.notStarted';
  }
  const hasPod =
    step.type === 'Pod' || step.type === 'Container' || Boolean(step.attempts);
  return hasPod && !PASSED_OVER.has(step.phase) ? undefined : 'log.noPod';
}
