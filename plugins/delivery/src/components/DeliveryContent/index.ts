export * from './DeliveryContent';
export { followAhead } from '../../follow';
