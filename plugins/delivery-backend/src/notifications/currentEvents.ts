import type { DeliveryEvent } from './deliveryEvents';
import type { DueEntry } from './Outbox';

/** What is so now, by entity; entities of which nothing is told have none. */
export type CurrentEvents = Map<string, readonly DeliveryEvent[]>;

/** Whether what an entry says is so now, as far as this process knows. */
export function isSo(
  { kind, key, entityRef }: Pick<DueEntry, 'kind' | 'key' | 'entityRef'>,
  events: CurrentEvents,
): boolean {
  // That a build has failed stays so, also when its cluster has forgotten it.
  return (
    kind === 'build-failed' ||
    (events.get(entityRef) ?? []).some(event => event.key === key)
  );
}
