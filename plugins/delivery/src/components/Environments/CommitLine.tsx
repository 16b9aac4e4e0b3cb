import type { Commit } from '@golden-path/plugin-delivery-common';
import { Avatar, Link } from '@backstage/ui';
import { memo } from 'react';
import styles from './Environments.module.css';

/** What a commit is about and who made it, in one line. */
export const CommitLine = memo((props: { commit: Commit }) => {
  const { title, author, avatarUrl, url } = props.commit;
  return (
    <span className={styles.commit}>
      {author && (
        <Avatar
          src={avatarUrl ?? ''}
          name={author}
          size="x-small"
          purpose="decoration"
        />
      )}
      <span>
        {url ? (
          <Link href={url} target="_blank" rel="noopener noreferrer">
            {title}
          </Link>
        ) : (
          title
        )}
        {author && <span className={styles.quiet}> · {author}</span>}
      </span>
    </span>
  );
});
