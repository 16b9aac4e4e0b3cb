import type { RecordedPromotion } from '@golden-path/plugin-delivery-common';
import { Group } from '@visx/group';
import { shortened, useWords } from '../../language';
import type { TimeScale } from '../charts/TimeAxis';
import styles from './History.module.css';
import { shortMoment } from './RunWords';

/** When promotions were asked for. */
export function PromotionMarks(props: {
  promotions: readonly RecordedPromotion[];
  scale: TimeScale;
  /** Pixels from the top of the drawing to the middle of the marks. */
  middle: number;
  /** Says what is at a place; nothing when the pointer has left. */
  onTell: (told?: {
    x: number;
    y: number;
    title: string;
    lines: string[];
  }) => void;
}) {
  const { promotions, scale, middle, onTell } = props;
  const { t, language } = useWords();
  return (
    <>
      <text x={scale.range()[0]} y={middle - 16} className={styles.lane}>
        <tspan className={styles.laneName}>{t('history.promotions')}</tspan>{' '}
        {promotions.length}
      </text>
      {promotions.map(({ id, to, commit, imageTag, requestedAt, by }) => {
        const x = scale(Date.parse(requestedAt));
        return (
          <Group
            key={id}
            left={x}
            top={middle}
            className={styles.promotion}
            onPointerLeave={() => onTell()}
            onPointerEnter={() =>
              onTell({
                x,
                y: middle - 6,
                title: t('history.promotedTo', {
                  commit: shortened(commit ?? imageTag ?? ''),
                  environment: to,
                }),
                lines: [
                  ...(by ? [t('operation.by', { name: by })] : []),
                  shortMoment(requestedAt, language),
                ],
              })
            }
          >
            <circle r={8} className={styles.reach} />
            <path d="M-3.5 -5L4.5 0L-3.5 5Z" />
          </Group>
        );
      })}
    </>
  );
}
