import { scaleLinear } from '@visx/scale';
import { AreaClosed, LinePath } from '@visx/shape';
import { Drawing } from '../charts/Drawing';
import styles from './Sparkline.module.css';

const HEIGHT = 40;
/** Room for the dot at the end. */
const MARGIN = 4;

type Point = { index: number; value: number | undefined };

const isKnown = (
  point: Point | undefined,
): point is { index: number; value: number } => point?.value !== undefined;

/**
 * How a figure went, without a scale: the figure itself stands above, and a table tells
 * the rest to those who do not see it.
 */
export function Sparkline(props: { values: Array<number | undefined> }) {
  const points: Point[] = props.values.map((value, index) => ({
    index,
    value,
  }));
  const known = points.filter(isKnown);
  if (known.length < 2) {
    return null;
  }
  const hasGaps = known.length < points.length;
  const last = known[known.length - 1];
  return (
    <Drawing height={HEIGHT}>
      {width => {
        const x = scaleLinear({
          domain: [0, points.length - 1],
          range: [MARGIN, width - MARGIN],
        });
        const y = scaleLinear({
          domain: [0, Math.max(...known.map(({ value }) => value)) || 1],
          range: [HEIGHT - MARGIN, MARGIN],
        });
        const line = {
          data: points,
          defined: isKnown,
          x: ({ index }: Point) => x(index),
          y: ({ value }: Point) => y(value ?? 0),
        };
        return (
          <svg aria-hidden width={width} height={HEIGHT}>
            {!hasGaps && (
              <AreaClosed {...line} yScale={y} className={styles.area} />
            )}
            <LinePath {...line} className={styles.line} />
            {hasGaps &&
              known.map(({ index, value }) => (
                <circle
                  key={index}
                  cx={x(index)}
                  cy={y(value)}
                  r={1.75}
                  className={styles.dot}
                />
              ))}
            <circle
              cx={x(last.index)}
              cy={y(last.value)}
              r={2.5}
              className={styles.dot}
            />
          </svg>
        );
      }}
    </Drawing>
  );
}
