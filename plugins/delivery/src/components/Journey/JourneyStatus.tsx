import type { JourneyStatus as Status } from '@golden-path/plugin-delivery-common';
import { VisuallyHidden } from '@backstage/ui';
import { RiSkipForwardLine } from '@remixicon/react';
import { useWords } from '../../language';
import { StatusDot, toneOf } from '../status';
import styles from './Journey.module.css';

/** The status of a step or of a whole journey, as an icon with its word. */
export function JourneyStatus({ status }: { status: Status }) {
  const { t } = useWords();
  return status === 'skipped' ? (
    <span className={`${styles.skipped} ${toneOf('waiting')}`}>
      <RiSkipForwardLine aria-hidden size={12} />
      <VisuallyHidden>{t('journey.skipped')}</VisuallyHidden>
    </span>
  ) : (
    <StatusDot status={status} size="small" />
  );
}
