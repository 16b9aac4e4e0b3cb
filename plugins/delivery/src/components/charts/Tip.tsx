import type { ReactNode } from 'react';
import styles from './charts.module.css';

/** What is under the pointer or has the focus, in words that its label says too. */
export function Tip(props: {
  /** Pixels from the left and top of the drawing. */
  x: number;
  y: number;
  /** Of the drawing. */
  width: number;
  children: ReactNode;
}) {
  const { x, y, width, children } = props;
  const side = x > width / 2 ? 'left' : 'right';
  return (
    <div
      aria-hidden
      className={styles.tip}
      data-side={side}
      style={{
        top: y,
        ...(side === 'left' ? { right: width - x } : { left: x }),
      }}
    >
      {children}
    </div>
  );
}
