import type { RecordedPromotion } from '@golden-path/plugin-delivery-common';
import { Group } from '@visx/group';
import { useWords } from '../../language';
import type { TimeScale } from '../charts/TimeAxis';
import styles from './History.module.css';
import { promotionWordsOf } from './promotionWords';

/** When promotions were asked for; the table beside the drawing tells each, too. */
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
  const words = useWords();
  return (
    <>
      <text x={scale.range()[0]} y={middle - 16} className={styles.lane}>
        <tspan className={styles.laneName}>
          {words.t('history.promotions')}
        </tspan>{' '}
        {promotions.length}
      </text>
      {promotions.map(promotion => {
        const x = scale(Date.parse(promotion.requestedAt));
        return (
          <Group
            key={promotion.id}
            left={x}
            top={middle}
            className={styles.promotion}
            onPointerLeave={() => onTell()}
            onPointerEnter={() =>
              onTell({
                x,
                y: middle - 6,
                ...promotionWordsOf(promotion, words),
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
