import type { Delivery } from '@golden-path/plugin-delivery-common';
import type { DeliveryFailure } from './failure';

/**
 * How the page hears of changes.
 *
 * - `connecting`: for the first time
 * - `live`: a stream is open, changes arrive by themselves
 * - `polling`: streams cannot be had here, the page asks every few seconds
 * - `reconnecting`: the stream is lost; what is shown was true at `since`
 * - `paused`: the page is hidden and costs nothing, or was a moment ago
 *
 * @public
 */
export type Connection =
  | { state: 'connecting' | 'live' | 'polling' }
  | { state: 'reconnecting' | 'paused'; since: string };

/**
 * What there is to show of one entity.
 *
 * @public
 */
export type DeliveryView = {
  connection: Connection;
} & (
  | { state: 'loading' }
  | { state: 'ready'; delivery: Delivery }
  | { state: 'error'; failure: DeliveryFailure }
);
