import { AxisLeft } from '@visx/axis';
import { scaleLinear, scaleTime } from '@visx/scale';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { Tip } from '../charts/Tip';
import { TimeAxis } from '../charts/TimeAxis';
import chartStyles from '../charts/charts.module.css';
import styles from './History.module.css';
import { RunMark } from './RunMark';
import { RunWords } from './RunWords';
import { durationTicks } from './runPoints';
import type { RunPoint } from './runPoints';
import type { Span } from './span';

const MARGIN = { top: 12, right: 10, bottom: 24, left: 58 };

/** Where the keys that move along the points lead to. */
const MOVES: Record<string, (index: number, last: number) => number> = {
  ArrowRight: (index, last) => Math.min(last, index + 1),
  ArrowLeft: index => Math.max(0, index - 1),
  ArrowUp: (index, last) => Math.min(last, index + 1),
  ArrowDown: index => Math.max(0, index - 1),
  Home: () => 0,
  End: (_index, last) => last,
};

/** How long runs took, each a point that opens it. One stop of the Tab key. */
export function RunChart(props: {
  points: RunPoint[];
  span: Span;
  /** How long a build usually takes, in seconds. */
  usual: number | undefined;
  width: number;
  height: number;
  open: string[];
  onOpen: (name: string) => void;
}) {
  const { points, span, usual, width, height, open, onOpen } = props;
  const { t, language } = useWords();
  const hintId = useId();
  const drawing = useRef<SVGSVGElement>(null);
  const [shown, setShown] = useState<string>();
  const [entry, setEntry] = useState<string>();

  const longest = Math.max(1, usual ?? 0, ...points.map(it => it.seconds));
  const ticks = durationTicks(longest);
  const x = scaleTime<number>({
    domain: [span.from, span.to],
    range: [MARGIN.left, width - MARGIN.right],
  });
  const y = scaleLinear<number>({
    domain: [0, Math.max(longest * 1.05, ticks[ticks.length - 1])],
    range: [height - MARGIN.bottom, MARGIN.top],
  });
  // A point that is no longer there leaves the stop of the Tab key to the newest.
  const stop = points.some(({ run }) => run.uid === entry)
    ? entry
    : points.at(-1)?.run.uid;
  const tipped = points.find(({ run }) => run.uid === shown);

  const onKeyDown = (event: KeyboardEvent, { run }: RunPoint) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(run.name);
      return;
    }
    const move = MOVES[event.key];
    const index = points.findIndex(each => each.run.uid === run.uid);
    if (move && index >= 0) {
      event.preventDefault();
      drawing.current
        ?.querySelectorAll<SVGGElement>('g[role]')
        [move(index, points.length - 1)]?.focus();
    }
  };

  return (
    <>
      <svg
        ref={drawing}
        role="group"
        aria-label={t('history.runsChart')}
        aria-describedby={hintId}
        width={width}
        height={height}
        className={styles.drawing}
      >
        <desc id={hintId}>{t('history.runsHint')}</desc>
        <g aria-hidden>
          <AxisLeft
            scale={y}
            left={MARGIN.left}
            tickValues={ticks}
            tickFormat={value =>
              formatDuration(Number(value) * 1_000, language)
            }
            hideAxisLine
            tickLength={width - MARGIN.left - MARGIN.right}
            tickTransform={`translate(${width - MARGIN.left - MARGIN.right} 0)`}
            tickStroke="var(--delivery-line)"
            tickComponent={({ y: middle, formattedValue }) => (
              <text
                x={MARGIN.right - width + MARGIN.left - 8}
                y={middle}
                dy="0.32em"
                textAnchor="end"
                className={chartStyles.tick}
              >
                {formattedValue}
              </text>
            )}
          />
          <TimeAxis scale={x} top={height - MARGIN.bottom} width={width} />
          {usual !== undefined && (
            <line
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(usual)}
              y2={y(usual)}
              className={styles.usual}
            />
          )}
        </g>
        {points.map(point => (
          <RunMark
            key={point.run.uid}
            point={point}
            x={x(point.endedAt)}
            y={y(point.seconds)}
            isEntry={point.run.uid === stop}
            isOpen={open.includes(point.run.name)}
            onOpen={onOpen}
            onKeyDown={onKeyDown}
            onShow={uid => {
              setShown(uid);
              if (uid) {
                setEntry(uid);
              }
            }}
          />
        ))}
      </svg>
      {tipped && (
        <Tip x={x(tipped.endedAt)} y={y(tipped.seconds)} width={width}>
          <RunWords point={tipped} />
        </Tip>
      )}
    </>
  );
}
