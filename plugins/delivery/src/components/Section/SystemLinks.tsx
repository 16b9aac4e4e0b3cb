import type { Link as LinkData } from '@golden-path/plugin-delivery-common';
import { Link } from '@backstage/ui';
import { RiArrowRightUpLine } from '@remixicon/react';
import { memo } from 'react';
import styles from './SystemLinks.module.css';

/** Links to the pages of the systems that something comes from. */
export const SystemLinks = memo(
  (props: { links: LinkData[] }) => (
    <>
      {props.links.map(link => (
        <Link
          key={link.url}
          href={link.url}
          target="_blank"
          rel="noopener noreferrer"
          className={styles.link}
        >
          {link.title}
          <RiArrowRightUpLine aria-hidden size={12} />
        </Link>
      ))}
    </>
  ),
  // Lists are put together on the way, of links that stay the same.
  (a, b) =>
    a.links.length === b.links.length &&
    a.links.every((link, i) => link === b.links[i]),
);
