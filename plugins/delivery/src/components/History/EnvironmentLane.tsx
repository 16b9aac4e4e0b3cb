import { Group } from '@visx/group';
import type { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useWords } from '../../language';
import { toneOf } from '../status';
import type { EnvironmentDays } from './deploymentDays';
import styles from './History.module.css';

/** Pixels above the bars, for the name. */
export const LABEL = 26;

/** What was deployed to one environment, a bar per day. */
export function EnvironmentLane(props: {
  environment: EnvironmentDays;
  /** Pixels from the top of the drawing to the foot of the bars. */
  base: number;
  /** Pixels. */
  height: number;
  days: ReturnType<typeof scaleBand<number>>;
  /** How high so many deployments are. */
  size: ReturnType<typeof scaleLinear<number>>;
  /** Id of the pattern of what failed. */
  patternId: string;
  /** Says what is at a place; nothing when the pointer has left. */
  onTell: (told?: {
    x: number;
    y: number;
    day: number;
    lines: string[];
  }) => void;
}) {
  const { environment, base, height, days, size, patternId, onTell } = props;
  const { t } = useWords();
  const { name, succeeded, failed } = environment;
  const [left, right] = days.range();
  const width = Math.max(2, Math.min(22, days.bandwidth()));
  return (
    <Group>
      <text x={left} y={base - height + 18} className={styles.lane}>
        <tspan className={styles.laneName}>{name}</tspan> {succeeded + failed}
      </text>
      <line
        x1={left}
        x2={right}
        y1={base - 0.5}
        y2={base - 0.5}
        className={styles.base}
      />
      {environment.days.map(each => {
        const start = days(each.day) ?? 0;
        const x = start + (days.bandwidth() - width) / 2;
        const good = size(each.succeeded);
        const bad = size(each.failed);
        return (
          <g
            key={each.day}
            onPointerLeave={() => onTell()}
            onPointerEnter={() =>
              onTell({
                x: x + width / 2,
                y: base - good - bad,
                day: each.day,
                lines: [
                  t('history.deploymentsOf', {
                    count: each.succeeded + each.failed,
                    environment: name,
                  }),
                  ...(each.failed > 0
                    ? [
                        t('history.deploymentsFailed', {
                          number: String(each.failed),
                        }),
                      ]
                    : []),
                ],
              })
            }
          >
            <Bar
              x={start}
              y={base - height + LABEL}
              width={days.bandwidth()}
              height={height - LABEL}
              className={styles.reach}
            />
            {each.succeeded > 0 && (
              <Bar
                x={x}
                y={base - good}
                width={width}
                height={good}
                rx={1.5}
                className={`${styles.bar} ${toneOf('succeeded')}`}
              />
            )}
            {each.failed > 0 && (
              <Bar
                x={x}
                y={base - good - bad}
                width={width}
                height={Math.max(2, bad - (good > 0 ? 1 : 0))}
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
}
