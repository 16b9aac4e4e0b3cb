import type { Knex } from 'knex';
import type { DeliveryEvent } from './deliveryEvents';
import type { DueEntry } from './Outbox';
import { isAskedFor } from './past';

/** What is so now, by entity; entities of which nothing is told have none. */
export type CurrentEvents = Map<string, readonly DeliveryEvent[]>;

/** Whether what an entry says is so now, as far as this process knows. */
export function isSo(
  entry: Pick<DueEntry, 'kind' | 'key' | 'entityRef'>,
  events: CurrentEvents,
): boolean {
  // That a build has failed stays so, also when its cluster has forgotten it.
  return entry.kind === 'build-failed' || eventOf(entry, events) !== undefined;
}

/** Whether somebody did by now what an entry says is to be done, which no cluster tells. */
export async function isSeenTo(
  entry: Pick<DueEntry, 'key' | 'entityRef'>,
  events: CurrentEvents,
  knex: Knex,
): Promise<boolean> {
  const event = eventOf(entry, events);
  return event?.kind === 'promotion-waiting' && isAskedFor(knex, event);
}

function eventOf(
  { key, entityRef }: Pick<DueEntry, 'key' | 'entityRef'>,
  events: CurrentEvents,
): DeliveryEvent | undefined {
  return events.get(entityRef)?.find(event => event.key === key);
}
