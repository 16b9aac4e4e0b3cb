import type {
  RecordedRun,
  RunHistory,
} from '@golden-path/plugin-delivery-common';
import { useCallback, useMemo } from 'react';
import { useWords } from '../../language';
import { scrollToRun } from '../Runs/scrollToRun';
import { useOpenRun } from '../Runs/useOpenRun';
import { deploymentChartHeight } from './DeploymentChart';
import { DeploymentsPanel } from './DeploymentsPanel';
import { DoraPanel } from './DoraPanel';
import styles from './History.module.css';
import { Unread } from './Notice';
import { RecordedRunPanel } from './RecordedRunPanel';
import { RunsPanel } from './RunsPanel';
import { spanOf } from './span';
import { useEntityPast } from './useEntityPast';
import type { Reading } from './useReading';
import type { HistoryWindow } from './useWindow';

const LOWEST = 202;

/** What was recorded of an entity; the part of the page that brings the chart library. */
export function Past(props: {
  entityRef: string;
  /** Names of the environments, in the order of promotion. */
  environments: readonly string[];
  /** Names of the runs that the cluster still has, which are listed above. */
  kept: readonly string[];
  window: HistoryWindow;
  mark: string;
}) {
  const { entityRef, environments, kept, window, mark } = props;
  const { runs, deployments, dora } = useEntityPast({
    entityRef,
    window,
    mark,
  });
  const { open, openRun, closeRun } = useOpenRun();
  // What is newly recorded may lie on a new day.
  const span = useMemo(
    () => spanOf(window.days, Date.now()),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [window.days, runs.value, deployments.value],
  );
  const height = Math.max(LOWEST, deploymentChartHeight(environments.length));
  const onOpen = useCallback(
    (name: string) => {
      openRun(name);
      if (kept.includes(name)) {
        showRow(name);
      }
    },
    [openRun, kept],
  );
  const all = [runs, deployments, dora];
  const failure = all.every(each => each.failure && each.value === undefined)
    ? runs.failure
    : undefined;
  if (failure) {
    return (
      <div style={{ height }}>
        <Unread
          failure={failure}
          onRetry={() => all.forEach(({ retry }) => retry())}
        />
      </div>
    );
  }
  return (
    <div className={styles.past}>
      <DoraPanel reading={dora} days={window.days} />
      <div className={styles.charts}>
        <RunsPanel
          reading={runs}
          span={span}
          height={height}
          open={open}
          onOpen={onOpen}
        />
        <DeploymentsPanel
          reading={deployments}
          environments={environments}
          span={span}
          height={height}
        />
      </div>
      <Forgotten
        entityRef={entityRef}
        names={open.filter(name => !kept.includes(name))}
        reading={runs}
        onClose={closeRun}
      />
    </div>
  );
}

/** The runs of the address that the cluster has deleted. */
function Forgotten(props: {
  entityRef: string;
  names: string[];
  reading: Reading<RunHistory>;
  onClose: (run: Pick<RecordedRun, 'name' | 'steps'>) => void;
}) {
  const { entityRef, names, reading, onClose } = props;
  const { t } = useWords();
  const { value } = reading;
  return (
    <>
      {value &&
        names.map(name => {
          const run = value.runs.find(each => each.name === name);
          return run ? (
            <RecordedRunPanel
              key={name}
              entityRef={entityRef}
              run={run}
              onClose={() => onClose(run)}
            />
          ) : (
            <p key={name} role="status" className={styles.unknownRun}>
              {t('history.unknownRun', { run: name })}
            </p>
          );
        })}
    </>
  );
}

/** Leads eye and focus to a run of the list, after it was opened there. */
function showRow(name: string): void {
  requestAnimationFrame(() =>
    scrollToRun(name, { block: 'nearest', behavior: 'smooth' })
      ?.querySelector('button')
      ?.focus({ preventScroll: true }),
  );
}
