import { useMayUse } from '../../legacy/useMayUse';
import { DeliveryCard } from './DeliveryCard';

/** The card for an app of the old frontend system: not there without the permission. */
export function LegacyDeliveryCard(props: { href?: string }) {
  return useMayUse().allowed ? <DeliveryCard {...props} /> : <></>;
}
