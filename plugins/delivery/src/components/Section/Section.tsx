import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Section.module.css';
import { Surface } from './Surface';

/** A titled part of the page, and a landmark for those who jump between parts. */
export function Section(props: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { title, aside, children } = props;
  const titleId = useId();
  return (
    <Surface aria-labelledby={titleId} className={styles.section}>
      <div className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      {children}
    </Surface>
  );
}
