import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { deliveryUsePermission } from '@golden-path/plugin-delivery-common';
import { useWords } from '../../language';
import { rootClass } from '../status';
import { DeliveryContent } from './DeliveryContent';
import styles from './DeliveryContent.module.css';
import { Refusal } from './Failure';
import { Loading } from './Loading';

/**
 * The tab for an app of the old frontend system, where a tab cannot depend on a
 * permission: without it this says which one is missing, and nothing is read.
 */
export function LegacyDeliveryContent() {
  const { entity } = useEntity();
  const { t } = useWords();
  const { allowed, loading, error } = usePermission({
    permission: deliveryUsePermission,
  });
  if (allowed) {
    return <DeliveryContent />;
  }
  const { name, title = name } = entity.metadata;
  return (
    <div className={`${rootClass} ${styles.page}`}>
      {loading && <Loading name={name} />}
      {error && (
        <Refusal
          status="unknown"
          isForbidden={false}
          title={t('operation.permissionUnknown', { message: error.message })}
          next={t('failure.unavailableNext')}
        />
      )}
      {!loading && !error && (
        <Refusal
          status="suspended"
          isForbidden
          title={t('failure.forbiddenTitle', { entity: title })}
          next={t('fleet.forbiddenNext', {
            permission: deliveryUsePermission.name,
          })}
        />
      )}
    </div>
  );
}
