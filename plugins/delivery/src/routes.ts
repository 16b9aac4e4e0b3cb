import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The Delivery tab of an entity page. */
export const deliveryRouteRef = createRouteRef();

/** The page with all golden paths. */
export const fleetRouteRef = createRouteRef();
