import { mockServices } from '@backstage/backend-test-utils';
import type { HistoryStore } from '../../history/HistoryStore';
import { ManualClock } from '../../kubernetes/__testing__/clocks';
import { until } from '../../kubernetes/__testing__/until';
import { deliveryEventKinds } from '../deliveryEvents';
import { Notifier, type NotifierOptions } from '../Notifier';
import { Outbox } from '../Outbox';

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Notifiers of one or more replicas, which write into the same outbox. */
export class Notifiers {
  readonly outbox: Outbox;
  readonly clock = new ManualClock();
  readonly logger = mockServices.logger.mock();
  readonly wake = jest.fn();
  readonly #started: Notifier[] = [];

  constructor(readonly store: HistoryStore) {
    this.outbox = new Outbox(store.knex);
    this.clock.advance(12 * HOUR_MS);
  }

  start(options: Partial<NotifierOptions> = {}): Notifier {
    const notifier = new Notifier({
      outbox: this.outbox,
      sender: { wake: this.wake },
      logger: this.logger,
      clock: this.clock,
      events: new Map(),
      kinds: deliveryEventKinds,
      promotionWaitingAfterMs: HOUR_MS,
      tabPath: 'delivery',
      since: new Date('2026-11-24T06:00:00Z'),
      retentionMs: 90 * DAY_MS,
      ...options,
    });
    this.#started.push(notifier);
    return notifier;
  }

  /** What the outbox holds when nothing is written any more. */
  async noted(notifier: Notifier) {
    await until('it is written', () => !notifier.isWriting);
    return this.outbox.knex('notifications').select().orderBy('kind');
  }

  async kinds(notifier: Notifier) {
    return (await this.noted(notifier)).map(({ kind }) => kind);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#started.map(each => each.stop()));
  }
}
