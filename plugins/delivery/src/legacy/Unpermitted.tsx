import { deliveryUsePermission } from '@golden-path/plugin-delivery-common';
import { Refusal } from '../components/DeliveryContent/Failure';
import { useWords } from '../language';

/** What is told to whoever lacks the permission `delivery.use`, or may lack it. */
export function Unpermitted(props: {
  /** What they may not see, in words. */
  title: string;
  /** Why it cannot be said whether they may. */
  error?: Error;
}) {
  const { title, error } = props;
  const { t } = useWords();
  return error ? (
    <Refusal
      status="unknown"
      isForbidden={false}
      title={t('operation.permissionUnknown', { message: error.message })}
      next={t('failure.unavailableNext')}
    />
  ) : (
    <Refusal
      status="suspended"
      isForbidden
      title={title}
      next={t('fleet.forbiddenNext', {
        permission: deliveryUsePermission.name,
      })}
    />
  );
}
