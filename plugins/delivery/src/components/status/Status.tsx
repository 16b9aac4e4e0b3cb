import type { StageStatus } from '@golden-path/plugin-delivery-common';
import {
  RiCheckLine,
  RiCloseLine,
  RiHourglassLine,
  RiLoader4Line,
  RiPauseLine,
  RiQuestionMark,
  RiSubtractLine,
} from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import { useWords } from '../../language';
import styles from './status.module.css';
import tones from './tone.module.css';

const ICONS = {
  succeeded: RiCheckLine,
  running: RiLoader4Line,
  waiting: RiHourglassLine,
  failed: RiCloseLine,
  suspended: RiPauseLine,
  missing: RiSubtractLine,
  unknown: RiQuestionMark,
} satisfies Record<StageStatus, unknown>;

/** Class that sets the colours of a status for everything inside. */
export function toneOf(status: StageStatus): string {
  return tones[status];
}

/** Class of whatever is outermost: quiet colours, type, and the tones. */
export const rootClass: string = tones.root;

function classes(...names: Array<string | false | undefined>): string {
  return names.filter(Boolean).join(' ');
}

/** A status as an icon in a circle, with its word for those who do not see it. */
export function StatusDot(props: {
  status: StageStatus;
  size?: 'small' | 'medium';
}) {
  const { status, size = 'medium' } = props;
  const { t } = useWords();
  const Icon = ICONS[status];
  return (
    <span
      className={classes(
        styles.dot,
        toneOf(status),
        size === 'small' && styles.small,
        (status === 'unknown' || status === 'missing') && styles.hollow,
        status === 'running' && styles.turning,
      )}
    >
      <Icon aria-hidden />
      <VisuallyHidden>{t(`status.${status}`)}</VisuallyHidden>
    </span>
  );
}

/** A status as an icon alone; the word has to stand beside it. */
export function StatusIcon(props: { status: StageStatus }) {
  const { status } = props;
  const Icon = ICONS[status];
  return (
    <span
      className={classes(
        styles.icon,
        toneOf(status),
        status === 'running' && styles.turning,
      )}
    >
      <Icon aria-hidden />
    </span>
  );
}

/** A word in the colours of a status, for example `Synced`. */
export function StatusPill(props: {
  status: StageStatus;
  children: ReactNode;
}) {
  const { status, children } = props;
  const Icon = ICONS[status];
  return (
    <span
      className={classes(
        styles.pill,
        toneOf(status),
        styles[status],
        status === 'running' && styles.turning,
      )}
    >
      <Icon aria-hidden />
      {children}
    </span>
  );
}
