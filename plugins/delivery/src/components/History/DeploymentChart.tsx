import { scaleBand, scaleLinear, scaleTime } from '@visx/scale';
import { useId, useState } from 'react';
import { useWords } from '../../language';
import { Tip } from '../charts/Tip';
import { TimeAxis } from '../charts/TimeAxis';
import { toneOf } from '../status';
import type { deploymentDays } from './deploymentDays';
import { EnvironmentLane, LABEL } from './EnvironmentLane';
import styles from './History.module.css';
import { PromotionMarks } from './PromotionMarks';
import { dateOf } from './span';
import type { Span } from './span';

const PROMOTIONS = 46;
const AXIS = 24;
const MARGIN = 1;
/** Pixels per environment at least. */
const LANE = 66;

/** Pixels that so many environments need. */
export function deploymentChartHeight(environments: number): number {
  return environments * LANE + PROMOTIONS + AXIS;
}

type Told = { x: number; y: number; title: string; lines: string[] };

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
  const [told, setTold] = useState<Told>();
  const { environments, promotions } = data;
  const lane = (height - PROMOTIONS - AXIS) / Math.max(1, environments.length);
  const range: [number, number] = [MARGIN, width - MARGIN];
  const time = scaleTime<number>({ domain: [span.from, span.to], range });
  const days = scaleBand<number>({
    domain: Array.from({ length: span.days }, (_, day) => day),
    range,
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
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
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
        {environments.map((environment, index) => (
          <EnvironmentLane
            key={environment.name}
            environment={environment}
            base={(index + 1) * lane}
            height={lane}
            days={days}
            size={size}
            patternId={patternId}
            onTell={of =>
              setTold(
                of && { ...of, title: format.format(dateOf(span, of.day)) },
              )
            }
          />
        ))}
        <PromotionMarks
          promotions={promotions}
          scale={time}
          middle={height - AXIS - 12}
          onTell={setTold}
        />
        <TimeAxis scale={time} top={height - AXIS} width={width} />
      </svg>
      {told && (
        <Tip x={told.x} y={told.y} width={width}>
          <b>{told.title}</b>
          {told.lines.map(line => (
            <div key={line}>{line}</div>
          ))}
        </Tip>
      )}
    </>
  );
}
