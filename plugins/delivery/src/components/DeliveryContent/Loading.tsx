import { Card, Skeleton } from '@backstage/ui';
import { useWords } from '../../language';
import styles from './Loading.module.css';

/** The frame of the page, so that nothing jumps when the delivery comes. */
export function Loading(props: { name: string }) {
  const { t } = useWords();
  return (
    <div
      role="status"
      aria-label={t('loading.label', { entity: props.name })}
      className={styles.loading}
    >
      <Card className={styles.headline}>
        <Skeleton width={30} height={30} rounded />
        <Skeleton width="min(420px, 60%)" height={20} />
      </Card>
      <Card className={styles.card}>
        <Skeleton width={96} height={18} />
        <div className={styles.path}>
          {Array.from({ length: 8 }, (_, i) => (
            <div key={i} className={styles.station}>
              <Skeleton width={30} height={30} rounded />
              <div className={styles.lines}>
                <Skeleton width={70} height={14} />
                <Skeleton width={90} height={12} />
                <Skeleton width="80%" height={12} />
              </div>
            </div>
          ))}
        </div>
      </Card>
      <LoadingDetails />
    </div>
  );
}

/** What follows the golden path. */
export function LoadingDetails() {
  return (
    <Card className={styles.card}>
      <Skeleton width={120} height={18} />
      <div className={styles.environments}>
        <Skeleton width="100%" height={170} />
        <Skeleton width="100%" height={170} />
      </div>
    </Card>
  );
}
