import { INITIAL_IMAGE_TAG } from '@golden-path/plugin-delivery-common';
import type { Run } from '@golden-path/plugin-delivery-common';
import { ToggleButton, ToggleButtonGroup, useBreakpoint } from '@backstage/ui';
import { memo, useState } from 'react';
import { shortened, useWords } from '../../language';
import { useJustOpened } from '../focus';
import { stepOf } from '../Runs/stepOf';
import { SystemLinks } from '../Section';
import { TookBesideUsual } from './durations';
import { RunActions } from './RunActions';
import { RunGraph } from './RunGraph';
import { RunTable } from './RunTable';
import styles from './RunView.module.css';
import { StepPanel } from './StepPanel';
import { useChosenStep } from './useChosenStep';

type View = 'graph' | 'table';

// Of what a run that goes on does not change nothing is rendered again.
const ViewChoice = memo(
  (props: { view: View; onChoose: (view: View) => void }) => {
    const { view, onChoose } = props;
    const { t } = useWords();
    return (
      <ToggleButtonGroup
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys =>
          onChoose(keys.has('table') ? 'table' : 'graph')
        }
        aria-label={t('run.view')}
      >
        <ToggleButton id="graph" size="small">
          {t('run.asGraph')}
        </ToggleButton>
        <ToggleButton id="table" size="small">
          {t('run.asTable')}
        </ToggleButton>
      </ToggleButtonGroup>
    );
  },
);

/** A run in full. Which of its steps is open stands in the URL: `?step=ID`. */
export function RunView(props: {
  entityRef: string;
  run: Run;
  /** Whether it has just been opened, and a step with it where the URL has one. */
  isNew: boolean;
}) {
  const { entityRef, run, isNew } = props;
  const { t, say } = useWords();
  const [chosen, onChoose] = useChosenStep();
  const { up } = useBreakpoint();
  const [chosenView, onChooseView] = useState<View>();
  // A graph does not fit on a phone, unless someone wants it there.
  const view = chosenView ?? (up('sm') ? 'graph' : 'table');

  const step = stepOf(run, chosen);
  const open = [step?.id ?? chosen];
  const isJustOpened = useJustOpened(open, { before: isNew ? [] : open });
  const Steps = view === 'graph' ? RunGraph : RunTable;
  return (
    <div className={styles.run}>
      <div className={styles.head}>
        <p className={styles.facts}>
          <TookBesideUsual run={run} />
          {run.startedBy && (
            <span>{t('run.startedBy', { name: run.startedBy })}</span>
          )}
          {run.resubmittedFrom && (
            <span>{t('run.repeats', { run: run.resubmittedFrom })}</span>
          )}
          <SystemLinks links={run.links} />
        </p>
        <RunActions
          name={run.name}
          isFinished={run.finishedAt !== undefined}
          // Of steps that are not in the Workflow itself none can be retried.
          isRetriable={run.status === 'failed' && !run.stepsNote}
          // The first image is named after no commit: once more, what runs could become another.
          isRepeatable={
            run.imageTag !== INITIAL_IMAGE_TAG || run.status !== 'succeeded'
          }
        />
      </div>
      {run.message && (
        <p className={styles.message}>{shortened(run.message)}</p>
      )}
      {run.stepsNote && <p className={styles.quiet}>{say(run.stepsNote)}</p>}
      {run.steps.length === 0 ? (
        !run.stepsNote && <p className={styles.quiet}>{t('run.noSteps')}</p>
      ) : (
        <>
          <ViewChoice view={view} onChoose={onChooseView} />
          <Steps run={run} chosen={step?.id} onChoose={onChoose} />
        </>
      )}
      {step && (
        <StepPanel
          entityRef={entityRef}
          run={run}
          step={step}
          chosen={chosen}
          onChoose={onChoose}
          isJustOpened={isJustOpened}
        />
      )}
    </div>
  );
}
