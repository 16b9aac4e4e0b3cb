import { Skeleton } from '@backstage/ui';
import { useWords } from '../../language';
import { FIGURES } from '../Dora/figuresOf';
import styles from './History.module.css';

/** The frame of the history, so that nothing jumps when it comes. */
export function Frame(props: {
  /** Pixels of a chart. */
  height: number;
}) {
  const { height } = props;
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('history.loading')}>
      <div aria-hidden className={styles.past}>
        <div className={styles.panel}>
          <div className={styles.figuresFrame}>
            {FIGURES.map(name => (
              <Skeleton key={name} width="100%" height="100%" />
            ))}
          </div>
          <div className={styles.below} />
        </div>
        <div className={styles.charts}>
          {['runs', 'deployments'].map(name => (
            <div key={name} className={styles.panel}>
              <Skeleton width={120} height={20} />
              <div className={styles.summary} />
              <Skeleton width="100%" height={height} />
              <div className={styles.below} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
