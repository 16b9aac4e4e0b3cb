/**
 * The delivery plugin for portals on the old frontend system.
 *
 * @packageDocumentation
 */
export * from './plugin';
export { isDeliveryAvailable } from '@golden-path/plugin-delivery-common';
