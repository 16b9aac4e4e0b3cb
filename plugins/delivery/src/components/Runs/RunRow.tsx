import type { Run } from '@golden-path/plugin-delivery-common';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  BgProvider,
  Skeleton,
} from '@backstage/ui';
import {
  createContext,
  lazy,
  memo,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Age, Elapsed, shortened, useWords } from '../../language';
import type { Words } from '../../language';
import { StatusDot, toneOf } from '../status';
import styles from './RunRow.module.css';

const RunView = lazy(() =>
  import('../RunView').then(m => ({ default: m.RunView })),
);

/** What a run was for, in words. */
export function titleOf(
  run: Pick<Run, 'purpose' | 'commit'>,
  t: Words['t'],
): string {
  switch (run.purpose) {
    case 'setup':
      return t('run.setup');
    case 'initial-build':
      return t('run.initialBuild');
    case 'manual':
      return t('run.manual');
    default:
      return run.commit
        ? t('run.build', { commit: shortened(run.commit) })
        : t('run.buildOfUnknown');
  }
}

type Row = {
  entityRef: string;
  run: Run;
  isJustOpened: (name: string) => boolean;
};

/** The run of a row, and its entity. */
const RowContext = createContext<Row | undefined>(undefined);
const useRow = () => useContext(RowContext)!;

function Summary() {
  const { run } = useRow();
  const { t } = useWords();
  return (
    <span className={styles.row}>
      <StatusDot status={run.status} size="small" />
      <span className={styles.title}>
        <b>{titleOf(run, t)}</b>
        <span className={styles.name}>{run.name}</span>
      </span>
      <span className={styles.phase}>
        {run.phase}
        {run.progress && (
          <span className={styles.progress}>
            {t('run.progress', {
              done: String(run.progress.done),
              total: String(run.progress.total),
            })}
          </span>
        )}
      </span>
      <span className={styles.times}>
        <span className={styles.duration}>
          {run.startedAt && (
            <Elapsed
              from={run.startedAt}
              to={run.finishedAt}
              say={duration =>
                run.finishedAt ? duration : t('run.soFar', { duration })
              }
            />
          )}
        </span>
        <Age since={run.createdAt} className={styles.age} />
      </span>
    </span>
  );
}

function Opened() {
  const { entityRef, run, isJustOpened } = useRow();
  // What is inside comes later, when this is not new any more.
  const [isNew] = useState(() => isJustOpened(run.name));
  return (
    <div className={styles.panel}>
      <Suspense fallback={<Skeleton width="100%" height={140} />}>
        <RunView entityRef={entityRef} run={run} isNew={isNew} />
      </Suspense>
    </div>
  );
}

/**
 * Gets what changes by the context: with an accordion of Backstage UI everything inside
 * renders anew, as on a `Surface`.
 */
const RowAccordion = memo(
  (props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) => (
    <Accordion
      className={styles.accordion}
      isExpanded={props.isOpen}
      onExpandedChange={props.onOpenChange}
    >
      <AccordionTrigger level={3} className={styles.trigger}>
        <Summary />
      </AccordionTrigger>
      <AccordionPanel>
        {/* It is drawn without a surface of its own, on that of the section. */}
        <BgProvider bg="neutral-1">{props.isOpen && <Opened />}</BgProvider>
      </AccordionPanel>
    </Accordion>
  ),
);

/** One run; opens in place to show its steps. */
export const RunRow = memo(
  (props: {
    entityRef: string;
    run: Run;
    isOpen: boolean;
    onOpenChange: (run: Run, isOpen: boolean) => void;
    isJustOpened: (name: string) => boolean;
    /** Show why it failed without being opened. */
    showsFailure: boolean;
  }) => {
    const { entityRef, run, isOpen, onOpenChange, isJustOpened, showsFailure } =
      props;
    const row = useMemo(
      () => ({ entityRef, run, isJustOpened }),
      [entityRef, run, isJustOpened],
    );
    const newest = useRef(run);
    newest.current = run;
    const open = useCallback(
      (opens: boolean) => onOpenChange(newest.current, opens),
      [onOpenChange],
    );
    const failed = run.steps.find(step => step.status === 'failed');
    const failure = failed?.message ?? run.message;
    return (
      <li
        data-moves
        data-run={run.name}
        className={`${styles.run} ${toneOf(run.status)}`}
      >
        <RowContext.Provider value={row}>
          <RowAccordion isOpen={isOpen} onOpenChange={open} />
        </RowContext.Provider>
        {showsFailure && !isOpen && failure && (
          <p className={styles.failure}>
            {failed && <b>{failed.name}: </b>}
            {shortened(failure)}
          </p>
        )}
      </li>
    );
  },
);
