export type { FeedApi } from './DeliveryFeed';
export type { DeliveryFailure } from './failure';
export * from './useDelivery';
export * from './view';
