import { AxisBottom } from '@visx/axis';
import type { scaleTime } from '@visx/scale';
import { useWords } from '../../language';
import styles from './charts.module.css';

/** Scale of moments, as `scaleTime` makes it. */
export type TimeScale = ReturnType<typeof scaleTime<number>>;

/** Pixels from one label to the next at least. */
const LABEL_WIDTH = 76;

/** Days, in the user's language. */
export function TimeAxis(props: {
  scale: TimeScale;
  top: number;
  width: number;
}) {
  const { scale, top, width } = props;
  const { language } = useWords();
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
  });
  const [left, right] = scale.range();
  const days = scale
    .ticks(Math.max(2, Math.floor(width / LABEL_WIDTH)))
    .filter(day => day.getHours() === 0)
    // A label at the edge would be cut off.
    .filter(day => scale(day) > left + 16 && scale(day) < right - 16)
    // Every other day starts anew with each month: the 31st and the 1st.
    .reduce<Date[]>((kept, day) => {
      const before = kept.at(-1);
      return before && scale(day) - scale(before) < LABEL_WIDTH / 1.5
        ? kept
        : [...kept, day];
    }, []);
  return (
    <AxisBottom
      scale={scale}
      top={top}
      tickValues={days}
      tickFormat={value => format.format(value as Date)}
      tickLength={4}
      stroke="var(--delivery-line)"
      tickStroke="var(--delivery-line)"
      tickComponent={({ x, y, formattedValue }) => (
        <text x={x} y={y} dy={4} textAnchor="middle" className={styles.tick}>
          {formattedValue}
        </text>
      )}
    />
  );
}
