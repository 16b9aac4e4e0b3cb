import type { RunHistory } from '@golden-path/plugin-delivery-common';
import { useMemo } from 'react';
import { useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { Drawing } from '../charts/Drawing';
import styles from './History.module.css';
import { Mark } from './Mark';
import { Panel } from './Panel';
import { RunChart } from './RunChart';
import { runPoints } from './runPoints';
import type { Outcome, RunPoint } from './runPoints';
import { RunTable } from './RunTable';
import { shortMoment } from './RunWords';
import type { Span } from './span';
import type { Reading } from './useReading';

const OUTCOMES: Outcome[] = ['succeeded', 'failed', 'other'];

/** How long runs took, and how they ended. */
export function RunsPanel(props: {
  reading: Reading<RunHistory>;
  span: Span;
  /** Pixels. */
  height: number;
  open: string[];
  onOpen: (name: string) => void;
}) {
  const { reading, span, height, open, onOpen } = props;
  const { t } = useWords();
  const points = useMemo(
    () => (reading.value ? runPoints(reading.value, span) : []),
    [reading.value, span],
  );
  return (
    <Panel
      title={t('history.runs')}
      reading={reading}
      height={height}
      say={history => {
        if (points.length === 0) {
          return {
            isEmpty: true,
            summary:
              history.runs.length === 0
                ? t('history.runsNone')
                : t('history.runsNoneHere', { days: String(span.days) }),
          };
        }
        return {
          isEmpty: false,
          summary: <Summary history={history} points={points} span={span} />,
        };
      }}
      draw={history => (
        <Drawing height={height}>
          {width => (
            <RunChart
              points={points}
              span={span}
              usual={usualOf(history)}
              width={width}
              height={height}
              open={open}
              onOpen={onOpen}
            />
          )}
        </Drawing>
      )}
      table={() => <RunTable points={points} onOpen={onOpen} />}
    />
  );
}

function usualOf({ usualDurations }: RunHistory): number | undefined {
  return usualDurations.find(({ purpose }) => purpose === 'build')?.seconds;
}

function Summary(props: {
  history: RunHistory;
  points: RunPoint[];
  span: Span;
}) {
  const { history, points, span } = props;
  const { t, language } = useWords();
  const usual = usualOf(history);
  const counts = OUTCOMES.map(outcome => ({
    outcome,
    count: points.filter(point => point.outcome === outcome).length,
  }));
  const oldest = history.runs.at(-1);
  const isCut =
    history.nextCursor !== undefined &&
    oldest !== undefined &&
    Date.parse(oldest.finishedAt) > span.from;
  return (
    <>
      <p>
        {t('history.runsSummary', {
          count: points.length,
          failed: String(counts[1].count),
        })}
      </p>
      <ul className={styles.legend}>
        {counts.map(
          ({ outcome, count }) =>
            count > 0 && (
              <li key={outcome}>
                <Mark outcome={outcome} />
                {outcome === 'other'
                  ? t('history.other')
                  : t(`status.${outcome}`)}{' '}
                <b>{count}</b>
              </li>
            ),
        )}
        {usual !== undefined && (
          <li>
            <svg aria-hidden width={18} height={14}>
              <line x2={18} y1={7} y2={7} className={styles.usual} />
            </svg>
            {t('history.usual', {
              duration: formatDuration(usual * 1_000, language),
            })}
          </li>
        )}
      </ul>
      {isCut && (
        <p>
          {t('history.runsCut', {
            number: String(history.runs.length),
            when: shortMoment(oldest.finishedAt, language),
          })}
        </p>
      )}
    </>
  );
}
