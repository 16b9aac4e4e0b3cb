import { Group } from '@visx/group';
import { scaleBand, scaleLinear, scaleTime } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useId, useState } from 'react';
import { shortened, useWords } from '../../language';
import { Tip } from '../charts/Tip';
import { TimeAxis } from '../charts/TimeAxis';
import { toneOf } from '../status';
import type { DeploymentDay, deploymentDays } from './deploymentDays';
import styles from './History.module.css';
import { shortMoment } from './RunWords';
import type { Span } from './span';

const LABEL = 20;
const PROMOTIONS = 40;
const AXIS = 24;
const MARGIN = 4;
/** Pixels per environment at least. */
const LANE = 58;

/** Pixels that so many environments need. */
export function deploymentChartHeight(environments: number): number {
  return environments * LANE + PROMOTIONS + AXIS;
}

type Tipped = { x: number; y: number; title: string; lines: string[] };

/** Deployments per day, one lane per environment, and when promotions were asked for. */
export function DeploymentChart(props: {
  data: ReturnType<typeof deploymentDays>;
  span: Span;
  width: number;
  height: number;
  /** In words: the table beside it has each day. */
  summary: string;
}) {
  const { data, span, width, height, summary } = props;
  const { t, language } = useWords();
  const patternId = useId();
  const [tipped, setTipped] = useState<Tipped>();
  const { environments, promotions } = data;
  const lane = (height - PROMOTIONS - AXIS) / Math.max(1, environments.length);

  const x = scaleTime<number>({
    domain: [span.from, span.to],
    range: [MARGIN, width - MARGIN],
  });
  const days = scaleBand<number>({
    domain: Array.from({ length: span.days }, (_, day) => day),
    range: [MARGIN, width - MARGIN],
    padding: 0.22,
  });
  const most = Math.max(
    1,
    ...environments.flatMap(each =>
      each.days.map(({ succeeded, failed }) => succeeded + failed),
    ),
  );
  const size = scaleLinear<number>({
    domain: [0, most],
    range: [0, lane - LABEL - 4],
  });
  const barWidth = Math.max(2, Math.min(22, days.bandwidth()));
  const leftOf = (day: number) =>
    (days(day) ?? 0) + (days.bandwidth() - barWidth) / 2;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const tell = (name: string, each: DeploymentDay, top: number) =>
    setTipped({
      x: leftOf(each.day) + barWidth / 2,
      y: top,
      title: format.format(dateOf(span, each.day)),
      lines: [
        t('history.deploymentsOf', {
          count: each.succeeded + each.failed,
          environment: name,
        }),
        ...(each.failed > 0
          ? [t('history.deploymentsFailed', { number: String(each.failed) })]
          : []),
      ],
    });
  const baseOfPromotions = height - AXIS - 12;
  return (
    <>
      <svg
        role="img"
        aria-label={`${t('history.deployments')}: ${summary}`}
        width={width}
        height={height}
        className={styles.drawing}
      >
        <defs>
          <pattern
            id={patternId}
            width={5}
            height={5}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
            className={toneOf('failed')}
          >
            <rect width={5} height={5} className={styles.hatchGround} />
            <rect width={2.2} height={5} className={styles.hatchLine} />
          </pattern>
        </defs>
        {environments.map(({ name, succeeded, failed, days: list }, index) => {
          const base = (index + 1) * lane;
          return (
            <Group key={name}>
              <text x={MARGIN} y={base - lane + 13} className={styles.lane}>
                <tspan className={styles.laneName}>{name}</tspan>{' '}
                {succeeded + failed}
              </text>
              <line
                x1={MARGIN}
                x2={width - MARGIN}
                y1={base - 0.5}
                y2={base - 0.5}
                className={styles.base}
              />
              {list.map(each => {
                const ok = size(each.succeeded);
                const bad = size(each.failed);
                return (
                  <g
                    key={each.day}
                    onPointerEnter={() => tell(name, each, base - ok - bad)}
                    onPointerLeave={() => setTipped(undefined)}
                  >
                    <Bar
                      x={days(each.day)}
                      y={base - lane + LABEL}
                      width={days.bandwidth()}
                      height={lane - LABEL}
                      className={styles.reach}
                    />
                    {each.succeeded > 0 && (
                      <Bar
                        x={leftOf(each.day)}
                        y={base - ok}
                        width={barWidth}
                        height={ok}
                        rx={1.5}
                        className={`${styles.bar} ${toneOf('succeeded')}`}
                      />
                    )}
                    {each.failed > 0 && (
                      <Bar
                        x={leftOf(each.day)}
                        y={base - ok - bad}
                        width={barWidth}
                        height={Math.max(2, bad - (ok > 0 ? 1 : 0))}
                        rx={1.5}
                        fill={`url(#${patternId})`}
                        className={`${styles.barFailed} ${toneOf('failed')}`}
                      />
                    )}
                  </g>
                );
              })}
            </Group>
          );
        })}
        <text x={MARGIN} y={baseOfPromotions - 15} className={styles.lane}>
          <tspan className={styles.laneName}>{t('history.promotions')}</tspan>{' '}
          {promotions.length}
        </text>
        {promotions.map(({ id, to, commit, imageTag, requestedAt, by }) => {
          const left = x(Date.parse(requestedAt));
          return (
            <Group
              key={id}
              left={left}
              top={baseOfPromotions}
              className={styles.promotion}
              onPointerEnter={() =>
                setTipped({
                  x: left,
                  y: baseOfPromotions - 6,
                  title: t('history.promotedTo', {
                    commit: shortened(commit ?? imageTag ?? ''),
                    environment: to,
                  }),
                  lines: [
                    ...(by ? [t('operation.by', { name: by })] : []),
                    shortMoment(requestedAt, language),
                  ],
                })
              }
              onPointerLeave={() => setTipped(undefined)}
            >
              <circle r={8} className={styles.reach} />
              <path d="M-3.5 -5L4.5 0L-3.5 5Z" />
            </Group>
          );
        })}
        <TimeAxis scale={x} top={height - AXIS} width={width} />
      </svg>
      {tipped && (
        <Tip x={tipped.x} y={tipped.y} width={width}>
          <b>{tipped.title}</b>
          {tipped.lines.map(line => (
            <div key={line}>{line}</div>
          ))}
        </Tip>
      )}
    </>
  );
}

/** A day of a span. */
export function dateOf(span: Span, day: number): Date {
  const date = new Date(span.from);
  date.setDate(date.getDate() + day);
  return date;
}
