import type { Knex } from 'knex';
import type { DeliveryEventKind } from './deliveryEvents';
import type { Payload } from './notificationOf';

interface Row {
  key: string;
  kind: DeliveryEventKind;
  entity_ref: string;
  scope: string;
  /** JSON. */
  payload: string;
  recipients: string;
  /** SQLite tells milliseconds, PostgreSQL a date. */
  due_at: Date | number;
  settled_at: Date | number | null;
  outcome: Outcome | null;
}

/** A notification that is to be sent, once. */
export interface OutboxEntry {
  key: string;
  kind: DeliveryEventKind;
  entityRef: string;
  payload: Payload;
  recipients: { entityRef: string[]; excludeEntityRef?: string[] };
  /** In milliseconds since 1970. */
  dueAt: number;
}

/** What is enough to decide whether an entry is sent. */
export type DueEntry = Pick<OutboxEntry, 'key' | 'kind' | 'entityRef'> & {
  scope: string;
};

/** How an entry came to its end. */
export type Outcome = 'sent' | 'superseded' | 'expired';

/** Rows of one statement; SQLite allows not many more. */
const CHUNK = 100;

/**
 * What owners are to be told, in the plugin's database, for any number of replicas: each
 * key is there once, and what is in a scope is sent by one replica at a time.
 *
 * @remarks
 * Times are those of the process that writes them: clocks of replicas may differ by much
 * less than a lease lasts.
 */
export class Outbox {
  constructor(readonly knex: Knex) {}

  /**
   * Takes note that events are told from now on, unless that was done before.
   *
   * @returns since when they are
   */
  async begin(now: Date): Promise<Date> {
    await this.knex('notifications_began')
      .insert({ id: 1, began_at: now })
      .onConflict('id')
      .ignore();
    const { began_at: began } = await this.knex('notifications_began').first();
    return new Date(began);
  }

  /** Adds those that are not there; what is there stays as it is, sent or not. */
  async add(entries: readonly OutboxEntry[]): Promise<void> {
    const rows = [...entries]
      // Replicas never wait for each other in a circle.
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, kind, entityRef, payload, recipients, dueAt }) => ({
        key,
        kind,
        entity_ref: entityRef,
        scope: payload.scope,
        payload: JSON.stringify(payload),
        recipients: JSON.stringify(recipients),
        due_at: new Date(dueAt),
      }));
    for (let from = 0; from < rows.length; from += CHUNK) {
      await this.knex('notifications')
        .insert(rows.slice(from, from + CHUNK))
        .onConflict('key')
        .ignore();
    }
  }

  /** Entries to be sent now, the one that is due longest first. */
  async due(now: Date): Promise<DueEntry[]> {
    const rows = await this.#unsettled()
      .where('due_at', '<=', now)
      .select('key', 'kind', 'entity_ref', 'scope')
      .orderBy(['due_at', 'key']);
    return rows.map(row => ({
      key: row.key,
      kind: row.kind,
      entityRef: row.entity_ref,
      scope: row.scope,
    }));
  }

  /** When the next entry is due after a moment. */
  async nextDue(now: Date): Promise<Date | undefined> {
    const row = await this.#unsettled()
      .where('due_at', '>', now)
      .orderBy('due_at')
      .first('due_at');
    return row && new Date(row.due_at);
  }

  /**
   * Takes a scope for one sender. One statement, so that of several who try exactly one
   * gets it.
   *
   * @returns whether it was free
   */
  async lease(
    scope: string,
    holder: string,
    { now, until }: { now: Date; until: Date },
  ): Promise<boolean> {
    const taken = await this.knex('notification_leases')
      .insert({ scope, holder, held_until: until })
      .onConflict('scope')
      .merge()
      .where('notification_leases.held_until', '<', now)
      .returning('scope');
    return taken.length > 0;
  }

  /** Keeps a scope until another moment. */
  async renew(scope: string, holder: string, until: Date): Promise<void> {
    await this.knex('notification_leases')
      .where({ scope, holder })
      .update({ held_until: until });
  }

  async release(scope: string, holder: string): Promise<void> {
    await this.knex('notification_leases').where({ scope, holder }).delete();
  }

  /** What of a scope is to be sent now, the newest last. For the holder of its lease. */
  async dueIn(scope: string, now: Date): Promise<OutboxEntry[]> {
    const rows = await this.#unsettled()
      .where('due_at', '<=', now)
      .where({ scope })
      .orderBy(['due_at', 'key']);
    return rows.map(row => ({
      key: row.key,
      kind: row.kind,
      entityRef: row.entity_ref,
      payload: JSON.parse(row.payload),
      recipients: JSON.parse(row.recipients),
      dueAt: new Date(row.due_at).getTime(),
    }));
  }

  /** When what was sent last of a scope was due. */
  async lastSent(scope: string): Promise<number | undefined> {
    const row = await this.knex('notifications')
      .where({ scope, outcome: 'sent' })
      .orderBy('due_at', 'desc')
      .first('due_at');
    return row && new Date(row.due_at).getTime();
  }

  /** Takes note that nothing is left to do for these entries. */
  async settle(
    keys: readonly string[],
    outcome: Outcome,
    at: Date,
  ): Promise<void> {
    await this.#unsettled()
      .whereIn('key', keys)
      .update({ settled_at: at, outcome });
  }

  /** Gives up what was due before a moment. */
  async expire(before: Date, now: Date): Promise<void> {
    await this.#unsettled()
      .where('due_at', '<', before)
      .update({ settled_at: now, outcome: 'expired' });
  }

  #unsettled() {
    return this.knex<Row>('notifications').whereNull('settled_at');
  }
}
