import { useRouteRef } from '@backstage/frontend-plugin-api';
import { deliveryRouteRef } from '../../routes';
import { DeliveryCard } from './DeliveryCard';

/** The card of the new frontend system: links to the tab where the app has one. */
export function RoutedDeliveryCard() {
  const href = useRouteRef(deliveryRouteRef)?.();
  return <DeliveryCard href={href} />;
}
