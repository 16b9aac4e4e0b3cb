import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import type { Observation } from '../history/recordsOf';
import { fullJitter, Pause } from '../kubernetes/backoff';
import { systemClock, type Clock } from '../kubernetes/clock';
import type { NotificationsConfig } from './config';
import type { CurrentEvents } from './currentEvents';
import type { DeliveryEvent } from './deliveryEvents';
import { eventsOf } from './eventsOf';
import { notificationOf } from './notificationOf';
import type { Outbox, OutboxEntry } from './Outbox';
import { ownersOf, type Owned } from './ownersOf';
import { bringsImage, leadsBack, requesterOf } from './past';
import { Reports } from './Reports';
import { EXPIRY_MS, type Sender } from './Sender';

export interface NotifierOptions extends NotificationsConfig {
  /** Kept up to date. */
  events: CurrentEvents;
  outbox: Outbox;
  sender: Pick<Sender, 'wake'>;
  logger: LoggerService;
  /** Nothing is told of what happened before. */
  since: Date;
  /** How long the outbox remembers what was told, in milliseconds. */
  retentionMs: number;
  /** How long what is live must have been so. Default: 5 s. */
  settleMs?: number;
  clock?: Clock;
}

const BACKOFF = { baseMs: 1_000, capMs: 60_000 };
/** How long the end of the process may wait for the database. */
const FLUSH_MS = 5_000;

/**
 * Puts what happens to deliveries into the outbox, with the owners of the entity as they
 * are then.
 *
 * @remarks
 * Like the history, it needs to remember nothing: what was not written down when a process
 * was killed is seen by the next one.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #clock: Clock;
  readonly #pause: Pause;
  readonly #reports: Reports;
  readonly #stopping = new AbortController();
  #owned: ReadonlyMap<string, Owned> = new Map();
  readonly #events: CurrentEvents;
  /** Keys of those events that need not be written down any more, by entity. */
  readonly #noted = new Map<string, Set<string>>();
  /** Entities with events to write down. */
  readonly #due = new Set<string>();
  #writing?: Promise<void>;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#events = options.events;
    this.#clock = options.clock ?? systemClock;
    this.#pause = new Pause(this.#clock);
    this.#reports = new Reports(options.logger);
  }

  /** Whether something is still to be written down. */
  get isWriting(): boolean {
    return this.#writing !== undefined;
  }

  /** Hears of a delivery that was computed. Never waits, never throws. */
  observe(observation: Observation, delivery: Delivery): void {
    try {
      this.#observe(observation, delivery);
    } catch (error) {
      this.#options.logger.error(
        `Cannot tell what owners of ${delivery.entityRef} may be told of`,
        toError(error),
      );
    }
  }

  /** Takes these entities and their owners as all that there are. */
  keep(entities: readonly Entity[]): void {
    this.#owned = ownersOf(entities);
    for (const entityRef of this.#events.keys()) {
      if (!this.#owned.has(entityRef)) {
        this.#events.delete(entityRef);
        this.#noted.delete(entityRef);
      }
    }
    [...this.#events.keys()].forEach(entityRef => this.#note(entityRef));
  }

  /** Resolves when nothing is being written any more, or the process may not wait longer. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#pause.wake();
    await Promise.race([
      this.#writing,
      new Promise<void>(resolve => this.#clock.after(FLUSH_MS, resolve)),
    ]);
  }

  #observe(observation: Observation, delivery: Delivery): void {
    const { kinds, since, retentionMs, settleMs = 5_000 } = this.#options;
    const now = this.#clock.now().getTime();
    const tooOld = now - EXPIRY_MS;
    const isForgotten = ({ kind, at }: DeliveryEvent) =>
      kind === 'live' && at <= now - retentionMs;
    const events = eventsOf(delivery, observation, {
      ...this.#options,
      settleMs,
    }).filter(
      event =>
        kinds.includes(event.kind) &&
        event.at >= since.getTime() &&
        event.dueAt > tooOld &&
        // It is due anew whenever health comes back, and nobody knows any more who was told.
        !isForgotten(event),
    );
    const { entityRef } = delivery;
    const keys = new Set(events.map(({ key }) => key));
    const noted = this.#noted.get(entityRef);
    noted?.forEach(key => keys.has(key) || noted.delete(key));
    if (events.length > 0) {
      this.#events.set(entityRef, events);
      this.#note(entityRef);
    } else {
      this.#events.delete(entityRef);
      this.#noted.delete(entityRef);
    }
  }

  #unnoted(entityRef: string): DeliveryEvent[] {
    const noted = this.#noted.get(entityRef);
    return (this.#events.get(entityRef) ?? []).filter(
      ({ key }) => !noted?.has(key),
    );
  }

  #note(entityRef: string): void {
    // One that the catalog does not list yet waits until it does.
    if (this.#owned.has(entityRef) && this.#unnoted(entityRef).length > 0) {
      this.#due.add(entityRef);
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    }
  }

  /** Ends when nothing is to be written down; fails never. */
  async #write(): Promise<void> {
    // What is observed in one go is written in one go.
    await Promise.resolve();
    for (
      let failures = 0;
      this.#due.size > 0 && !this.#stopping.signal.aborted;

    ) {
      try {
        await this.#writeDue();
        failures = 0;
        this.#reports.recovered('database');
      } catch (error) {
        failures += 1;
        this.#reports.failed('database', toError(error));
        await this.#pause.sleep(
          fullJitter(failures, BACKOFF, this.#clock.random()),
          this.#stopping.signal,
        );
      }
    }
  }

  async #writeDue(): Promise<void> {
    const events = [...this.#due].flatMap(entityRef => {
      const owned = this.#owned.get(entityRef);
      return this.#unnoted(entityRef).map(event => ({ event, owned }));
    });
    const entries: OutboxEntry[] = [];
    for (const { event, owned } of events) {
      const entry = owned && (await this.#entryOf(event, owned));
      entries.push(...(entry ? [entry] : []));
    }
    await this.#options.outbox.add(entries);
    for (const { event, owned } of events) {
      if (owned) {
        const noted = this.#noted.get(event.entityRef) ?? new Set();
        this.#noted.set(event.entityRef, noted.add(event.key));
      }
    }
    // More may have come meanwhile.
    for (const entityRef of this.#due) {
      const isOwned = this.#owned.has(entityRef);
      if (!isOwned || this.#unnoted(entityRef).length === 0) {
        this.#due.delete(entityRef);
      }
    }
    if (entries.length > 0) {
      this.#options.sender.wake();
    }
  }

  async #entryOf(
    event: DeliveryEvent,
    { name, owners }: Owned,
  ): Promise<OutboxEntry | undefined> {
    const { knex } = this.#options.outbox;
    if (
      owners.length === 0 ||
      (event.kind === 'live' && !(await bringsImage(knex, event))) ||
      (event.kind === 'promotion-waiting' && (await leadsBack(knex, event)))
    ) {
      return undefined;
    }
    const actor =
      event.kind === 'live' ? await requesterOf(knex, event) : undefined;
    return {
      key: event.key,
      kind: event.kind,
      entityRef: event.entityRef,
      payload: notificationOf(event, name, this.#options.tabPath),
      recipients: {
        entityRef: owners,
        // Who asked for it follows it anyway.
        excludeEntityRef: actor?.includes(':') ? [actor] : undefined,
      },
      dueAt: event.dueAt,
    };
  }
}
