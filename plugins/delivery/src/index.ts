/**
 * Shows the golden path of a catalog entity, live.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './api';
export * from './follow';
export * from './translation';
