import { Group } from '@visx/group';
import type { KeyboardEvent } from 'react';
import { useWords } from '../../language';
import { toneOf } from '../status';
import styles from './History.module.css';
import { MarkShape, STATUS_OF } from './Mark';
import type { RunPoint } from './runPoints';
import { runWordsOf } from './RunWords';

/** One run in the chart: a button that opens it. */
export function RunMark(props: {
  point: RunPoint;
  x: number;
  y: number;
  /** Whether the Tab key comes here; arrow keys go from there. */
  isEntry: boolean;
  isOpen: boolean;
  onOpen: (name: string) => void;
  onKeyDown: (event: KeyboardEvent, point: RunPoint) => void;
  /** Of the run whose words are to be shown; undefined for none. */
  onShow: (uid: string | undefined) => void;
}) {
  const { point, x, y, isEntry, isOpen, onOpen, onKeyDown, onShow } = props;
  const words = useWords();
  const { run, outcome } = point;
  const { title, phase, took, ended } = runWordsOf(point, words);
  return (
    // A button of HTML cannot stand in a drawing.
    <Group
      role="button"
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={isOpen}
      aria-label={[title, phase, took, ended].join(', ')}
      left={x}
      top={y}
      className={`${styles.point} ${toneOf(STATUS_OF[outcome])}`}
      data-outcome={outcome}
      data-recorded={run.name}
      onClick={() => onOpen(run.name)}
      onKeyDown={(event: KeyboardEvent) => onKeyDown(event, point)}
      onFocus={() => onShow(run.uid)}
      onBlur={() => onShow(undefined)}
      onPointerEnter={() => onShow(run.uid)}
      onPointerLeave={() => onShow(undefined)}
    >
      {/* Larger than what is seen: a finger has to meet it. */}
      <circle r={9} className={styles.reach} />
      <MarkShape outcome={outcome} />
    </Group>
  );
}
