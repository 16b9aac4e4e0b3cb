export type { DeliveryFailure } from './failure';
export * from './useDelivery';
export * from './view';
