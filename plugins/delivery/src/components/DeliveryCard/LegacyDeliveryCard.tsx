import { usePermission } from '@backstage/plugin-permission-react';
import { deliveryUsePermission } from '@golden-path/plugin-delivery-common';
import { DeliveryCard } from './DeliveryCard';

/** The card for an app of the old frontend system: not there without the permission. */
export function LegacyDeliveryCard(props: { href?: string }) {
  const { allowed } = usePermission({ permission: deliveryUsePermission });
  return allowed ? <DeliveryCard {...props} /> : <></>;
}
