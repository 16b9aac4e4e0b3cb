import { Skeleton } from '@backstage/ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../language';
import styles from './History.module.css';
import { Outdated, Unread } from './Notice';
import type { Reading } from './useReading';

/**
 * A chart with its title, what it says in words, and a table of the same. Has its final
 * height from the start.
 */
export function Panel<T>(props: {
  title: string;
  reading: Reading<T>;
  /** Pixels. */
  height: number;
  /** In words, or why there is nothing to draw. */
  say: (value: T) => { summary: ReactNode; isEmpty: boolean };
  draw: (value: T) => ReactNode;
  table: (value: T) => ReactNode;
}) {
  const { title, reading, height, say, draw, table } = props;
  const { t } = useWords();
  const titleId = useId();
  const { value, failure, retry } = reading;
  const said = value !== undefined ? say(value) : undefined;
  const isDrawn = value !== undefined && said !== undefined && !said.isEmpty;
  return (
    <div
      role="group"
      aria-labelledby={titleId}
      aria-busy={!value && !failure}
      className={styles.panel}
    >
      <h3 id={titleId} className={styles.panelTitle}>
        {title}
      </h3>
      <div className={styles.summary}>
        {said && !said.isEmpty && said.summary}
        {value !== undefined && failure && (
          <Outdated failure={failure} onRetry={retry} />
        )}
      </div>
      <div className={styles.canvas} style={{ height }}>
        {isDrawn && draw(value)}
        {said?.isEmpty && <p className={styles.empty}>{said.summary}</p>}
        {value === undefined && failure && (
          <Unread failure={failure} onRetry={retry} />
        )}
        {value === undefined && !failure && (
          <Skeleton width="100%" height={height} />
        )}
      </div>
      <div className={styles.below}>
        {isDrawn && (
          <details className={styles.details}>
            <summary>{t('history.asTable')}</summary>
            <div
              className={styles.scroll}
              // A region that scrolls has to be reachable by keyboard.
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              role="group"
              aria-label={title}
            >
              {table(value)}
            </div>
          </details>
        )}
      </div>
    </div>
  );
}
