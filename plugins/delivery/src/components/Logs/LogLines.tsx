import { memo } from 'react';
import type { NumberedLine } from '../../follow/StepLogFeed';
import { useLanguage } from '../../language';
import { formatInstant } from '../../language/time';
import styles from './LogPane.module.css';
import { piecesOf } from './matchLines';

/** Lines that are laid out together; far ones cost nothing until they are scrolled to. */
const PIECE = 200;

const Piece = memo(
  ({ lines, language }: { lines: NumberedLine[]; language: string }) => (
    <div
      className={styles.piece}
      style={{ containIntrinsicBlockSize: `auto ${lines.length * 19}px` }}
    >
      {lines.map(({ number, time, text }) => (
        <div
          key={number}
          className={styles.line}
          title={time && formatInstant(time, language)}
        >
          <span className={styles.number} aria-hidden>
            {number}
          </span>
          <span className={styles.text}>{text}</span>
        </div>
      ))}
    </div>
  ),
  (a, b) =>
    a.language === b.language &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, i) => line === b.lines[i]),
);

/** Many lines of a log, of which only the last ones change. */
export const LogLines = memo((props: { lines: readonly NumberedLine[] }) => {
  const language = useLanguage();
  return (
    <>
      {[...piecesOf(props.lines, PIECE)].map(([key, lines]) => (
        <Piece key={key} lines={lines} language={language} />
      ))}
    </>
  );
});
