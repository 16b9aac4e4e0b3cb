import type { Ahead as AheadFacts } from '@golden-path/plugin-delivery-common';
import { useWords } from '../../language';
import { CommitLine } from './CommitLine';
import styles from './Environments.module.css';

/** What an environment has that the next one lacks; the commits are one key away. */
export function Ahead(props: { ahead: AheadFacts }) {
  const { of: next, count, commits } = props.ahead;
  const { t } = useWords();
  const title = t('ahead.count', { count, environment: next });
  const more = count - commits.length;
  return commits.length === 0 ? (
    <p className={styles.ahead}>{title}</p>
  ) : (
    <details className={styles.details}>
      <summary>{title}</summary>
      <ol className={styles.list}>
        {commits.map(commit => (
          <li key={commit.sha}>
            <CommitLine commit={commit} />
          </li>
        ))}
        {more > 0 && (
          <li className={styles.quiet}>{t('ahead.more', { count: more })}</li>
        )}
      </ol>
    </details>
  );
}
