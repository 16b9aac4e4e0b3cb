import { toneOf } from '../status';
import styles from './History.module.css';
import type { Outcome } from './runPoints';

/** Status whose colours an outcome has. */
export const STATUS_OF = {
  succeeded: 'succeeded',
  failed: 'failed',
  other: 'unknown',
} as const satisfies Record<Outcome, unknown>;

/** How a run ended, as a shape around the middle of its surroundings. */
export function MarkShape(props: { outcome: Outcome }) {
  switch (props.outcome) {
    case 'succeeded':
      return <circle r={3.5} />;
    case 'failed':
      return <path d="M0 -6L6 0L0 6L-6 0Z" />;
    default:
      return <rect x={-4} y={-4} width={8} height={8} />;
  }
}

/** The same shape beside a word. */
export function Mark(props: { outcome: Outcome }) {
  const { outcome } = props;
  return (
    <svg
      aria-hidden
      width={14}
      height={14}
      viewBox="-7 -7 14 14"
      className={`${styles.mark} ${toneOf(STATUS_OF[outcome])}`}
      data-outcome={outcome}
    >
      <MarkShape outcome={outcome} />
    </svg>
  );
}
