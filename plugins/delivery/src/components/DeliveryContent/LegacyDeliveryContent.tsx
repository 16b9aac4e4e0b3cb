import { useEntity } from '@backstage/plugin-catalog-react';
import { useWords } from '../../language';
import { Unpermitted } from '../../legacy/Unpermitted';
import { useMayUse } from '../../legacy/useMayUse';
import { rootClass } from '../status';
import { DeliveryContent } from './DeliveryContent';
import styles from './DeliveryContent.module.css';
import { Loading } from './Loading';

/**
 * The tab for an app of the old frontend system, where a tab cannot depend on a
 * permission: without it this says which one is missing, and nothing is read.
 */
export function LegacyDeliveryContent() {
  const { entity } = useEntity();
  const { t } = useWords();
  const { allowed, loading, error } = useMayUse();
  if (allowed) {
    return <DeliveryContent />;
  }
  const { name, title = name } = entity.metadata;
  return (
    <div className={`${rootClass} ${styles.page}`}>
      {loading ? (
        <Loading name={name} />
      ) : (
        <Unpermitted
          title={t('failure.forbiddenTitle', { entity: title })}
          error={error}
        />
      )}
    </div>
  );
}
