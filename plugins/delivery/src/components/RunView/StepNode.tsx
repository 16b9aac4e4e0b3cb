import type { Step } from '@golden-path/plugin-delivery-common';
import { memo, useId } from 'react';
import type { KeyboardEvent } from 'react';
import { shortened, useWords } from '../../language';
import { StatusIcon, toneOf } from '../status';
import { Took } from './durations';
import styles from './RunGraph.module.css';

/** Pixels. */
export const NODE = { width: 190, height: 50, gapX: 40, gapY: 14 } as const;

/** Characters that fit into a node. */
const NAME_LENGTH = 22;
const NOTE_LENGTH = 26;

/** One step in the graph: a button that shows its details. */
export const StepNode = memo(
  (props: {
    step: Step;
    x: number;
    y: number;
    isChosen: boolean;
    /** Whether the Tab key comes here; arrow keys go from there. */
    isEntry: boolean;
    onChoose: (id: string) => void;
    onKeyDown: (event: KeyboardEvent, id: string) => void;
    onFocus: (id: string) => void;
  }) => {
    const { step, x, y, isChosen, isEntry } = props;
    const { t } = useWords();
    const id = useId();
    const state = step.startedAt ? step.phase : t('run.notStarted');
    const isPassedOver = step.type === 'Skipped';
    const message = step.message && !isPassedOver && shortened(step.message);
    const name = cut(step.name, NAME_LENGTH);
    // What there is no room for.
    const more = [name !== step.name && step.name, message].filter(Boolean);
    const hasMore = more.length > 0;
    return (
      // A button of HTML cannot stand in a drawing.
      <g
        role="button"
        data-step={step.id}
        tabIndex={isEntry ? 0 : -1}
        aria-pressed={isChosen}
        // Begins with what stands there, for those who say it to press it.
        aria-labelledby={`${id}name ${id}note ${hasMore ? `${id}more` : ''}`}
        transform={`translate(${x} ${y})`}
        className={`${styles.node} ${toneOf(step.status)}`}
        data-status={step.status}
        data-hook={step.hook || undefined}
        onClick={() => props.onChoose(step.id)}
        onKeyDown={event => props.onKeyDown(event, step.id)}
        onFocus={() => props.onFocus(step.id)}
      >
        {hasMore && <title id={`${id}more`}>{more.join(': ')}</title>}
        <rect width={NODE.width} height={NODE.height} rx={10} />
        <foreignObject x={12} y={9} width={16} height={16} aria-hidden>
          <StatusIcon status={step.status} />
        </foreignObject>
        <text id={`${id}name`} x={34} y={21} className={styles.name}>
          {name}
        </text>{' '}
        <text id={`${id}note`} x={34} y={38} className={styles.note}>
          {cut(state, NOTE_LENGTH)}
          {step.startedAt && !isPassedOver && (
            <>
              {' · '}
              <Took timed={step} />
            </>
          )}
        </text>
      </g>
    );
  },
);

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
