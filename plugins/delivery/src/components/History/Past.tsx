import type {
  RecordedRun,
  RunHistory,
} from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { useCallback, useMemo, useRef } from 'react';
import { useWords } from '../../language';
import { elementOf, focusFirst, useJustOpened, wayToFocus } from '../focus';
import type { Press } from '../focus';
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

type Named = Pick<RecordedRun, 'name' | 'steps'>;

/** What was recorded of an entity; the part of the page that brings the chart library. */
export function Past(props: {
  entityRef: string;
  /** Names of the environments, in the order of promotion. */
  environments: readonly string[];
  /** Names of the runs that the cluster still has, which are listed above. */
  kept: readonly string[];
  /** Whether a run that is not among them is no longer in the cluster. */
  keptAreAll: boolean;
  window: HistoryWindow;
  mark: string;
}) {
  const { entityRef, environments, kept, keptAreAll, window, mark } = props;
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
  const isRead = Boolean(runs.value ?? runs.failure);
  const isJustOpened = useJustOpened(open, {
    shown: isRead ? open : kept,
  });
  const charts = useRef<HTMLDivElement>(null);
  const openers = useRef(new Map<string, Element>());
  const onOpen = useCallback(
    (name: string) => {
      const [opener] = wayToFocus();
      openers.current.set(name, opener);
      openRun(name);
      if (kept.includes(name)) {
        showRow(name);
      }
    },
    [openRun, kept],
  );
  const onClose = (run: Named, press: Press) => {
    focusFirst(press, [
      openers.current.get(run.name),
      elementOf('recorded', run.name),
      charts.current,
      charts.current?.closest('[role=region]'),
    ]);
    closeRun(run);
  };
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
      <div ref={charts} className={styles.charts}>
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
        areDeleted={keptAreAll}
        reading={runs}
        onClose={onClose}
        isJustOpened={isJustOpened}
      />
    </div>
  );
}

/** The runs of the address that are not listed above. */
function Forgotten(props: {
  entityRef: string;
  names: string[];
  /** Whether the cluster has none of them any more. */
  areDeleted: boolean;
  reading: Reading<RunHistory>;
  onClose: (run: Named, press: Press) => void;
  isJustOpened: (name: string) => boolean;
}) {
  const { entityRef, names, areDeleted, reading, onClose, isJustOpened } =
    props;
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
              onClose={press => onClose(run, press)}
              isJustOpened={isJustOpened}
            />
          ) : (
            <p key={name} role="status" className={styles.unknownRun}>
              {value.nextCursor
                ? t('history.olderRun', {
                    run: name,
                    number: String(value.runs.length),
                  })
                : t(areDeleted ? 'history.unknownRun' : 'history.unseenRun', {
                    run: name,
                  })}{' '}
              <Button
                variant="tertiary"
                size="small"
                aria-label={t('history.close', { run: name })}
                onPress={press => onClose({ name, steps: [] }, press)}
              >
                {t('operation.close')}
              </Button>
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
