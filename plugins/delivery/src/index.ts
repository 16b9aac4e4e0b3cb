/**
 * Shows the golden path of a catalog entity, live.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './api';
export {
  useDelivery,
  type Connection,
  type DeliveryFailure,
  type DeliveryView,
} from './follow';
export * from './translation';
