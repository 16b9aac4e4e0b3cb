import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { fullJitter, Pause } from '../kubernetes/backoff';
import { systemClock, type Clock } from '../kubernetes/clock';
import type { DueEntry, Outbox, OutboxEntry } from './Outbox';
import { Reports } from './Reports';

export interface SenderOptions {
  outbox: Outbox;
  notifications: NotificationService;
  logger: LoggerService;
  /** Whether what an entry says is so now, as far as this process knows. */
  isSo?: (entry: DueEntry) => boolean;
  /** Whether somebody has done by now what an entry asks for; it is not sent then. */
  isSeenTo?: (entry: OutboxEntry) => Promise<boolean>;
  onSent?: (entry: OutboxEntry) => void;
  /** How long after its last sign of life another takes over. Default: a minute. */
  leaseMs?: number;
  /** How often to look for what others left behind. Default: 30 s. */
  sweepMs?: number;
  clock?: Clock;
}

/** What could not be sent for so long is no news any more. */
export const EXPIRY_MS = 24 * 3_600_000;

const BACKOFF = { baseMs: 20_000, capMs: 600_000 };
/** How long a portal without a notifications backend is left alone. */
const ABSENT_MS = 600_000;
/** How long the end of the process may wait for what is being sent. */
const FLUSH_MS = 5_000;

/**
 * Sends what is in the outbox, once, whatever the number of senders and however they end.
 *
 * @remarks
 * A scope is leased, its newest entry sent, and then the entry marked. A sender that dies
 * before the mark leaves it open whether Backstage has the notification: the next one
 * sends it again when the lease is over. Nothing is lost so, and since it has the same
 * scope and recipients, Backstage updates the notification that it may have.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #clock: Clock;
  readonly #pause: Pause;
  readonly #holder = randomUUID();
  readonly #stopping = new AbortController();
  readonly #reports: Reports;
  /** Failures in a row, by scope. */
  readonly #failures = new Map<string, number>();
  #running?: Promise<void>;
  #isWoken = false;
  #absentUntil = -Infinity;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#pause = new Pause(this.#clock);
    this.#reports = new Reports(options.logger);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Says that something may be due now. */
  wake(): void {
    this.#isWoken = true;
    this.#pause.wake();
  }

  /** Resolves when nothing is being sent any more, or the process may not wait longer. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#pause.wake();
    await Promise.race([
      this.#running,
      new Promise<void>(resolve => this.#clock.after(FLUSH_MS, resolve)),
    ]);
  }

  async #run(): Promise<void> {
    const { sweepMs = 30_000 } = this.#options;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      this.#isWoken = false;
      let pauseMs = sweepMs;
      try {
        await this.#sendDue();
        pauseMs = Math.min(sweepMs, await this.#untilNext());
        failures = 0;
        this.#reports.recovered('database');
      } catch (error) {
        failures += 1;
        this.#reports.failed('database', toError(error));
        pauseMs = fullJitter(failures, BACKOFF, this.#clock.random());
      }
      if (!this.#isWoken || failures > 0) {
        await this.#pause.sleep(pauseMs, this.#stopping.signal);
      }
    }
  }

  async #untilNext(): Promise<number> {
    const now = this.#clock.now();
    const next = await this.#options.outbox.nextDue(now);
    return next ? next.getTime() - now.getTime() : Infinity;
  }

  async #sendDue(): Promise<void> {
    const { outbox, isSo = () => true } = this.#options;
    if (this.#clock.monotonic() < this.#absentUntil) {
      return;
    }
    const now = this.#clock.now();
    await outbox.expire(new Date(now.getTime() - EXPIRY_MS), now);
    const due = (await outbox.due(now)).filter(isSo);
    for (const scope of new Set(due.map(entry => entry.scope))) {
      if (
        this.#stopping.signal.aborted ||
        this.#clock.monotonic() < this.#absentUntil
      ) {
        return;
      }
      const { leaseMs = 60_000 } = this.#options;
      const from = this.#clock.now();
      const until = new Date(from.getTime() + leaseMs);
      if (await outbox.lease(scope, this.#holder, { now: from, until })) {
        await this.#sendScope(scope);
      }
    }
  }

  /** Of several the newest stands for all, as Backstage shows one per scope. */
  async #sendScope(scope: string): Promise<void> {
    const {
      outbox,
      isSo = () => true,
      isSeenTo = async () => false,
    } = this.#options;
    const now = this.#clock.now();
    const waiting = (await outbox.dueIn(scope, now)).filter(entry =>
      isSo({ ...entry, scope }),
    );
    const newest = waiting.at(-1);
    const lastSent = (await outbox.lastSent(scope)) ?? -Infinity;
    const isNews =
      newest !== undefined &&
      newest.dueAt >= lastSent &&
      !(await isSeenTo(newest));
    if (isNews && !(await this.#send(newest))) {
      return;
    }
    const superseded = waiting
      .filter(entry => !isNews || entry !== newest)
      .map(({ key }) => key);
    const at = this.#clock.now();
    if (isNews) {
      await outbox.settle([newest.key], 'sent', at);
    }
    await outbox.settle(superseded, 'superseded', at);
    await outbox.release(scope, this.#holder);
  }

  /** @returns whether it was sent */
  async #send(entry: OutboxEntry): Promise<boolean> {
    const { notifications, onSent } = this.#options;
    const { payload, recipients } = entry;
    const letGo = this.#hold(payload.scope);
    try {
      await notifications.send({
        recipients: { type: 'entity', ...recipients },
        payload,
      });
    } catch (error) {
      letGo();
      await this.#failed(payload.scope, toError(error));
      return false;
    }
    letGo();
    this.#failures.delete(payload.scope);
    this.#reports.recovered('sending');
    onSent?.(entry);
    return true;
  }

  async #failed(scope: string, error: Error): Promise<void> {
    const { outbox } = this.#options;
    // The client of the notifications backend tells the status in its message only.
    if (/\bstatus 404\b/.test(error.message)) {
      this.#reports.absent();
      this.#absentUntil = this.#clock.monotonic() + ABSENT_MS;
      await outbox.release(scope, this.#holder);
      return;
    }
    const failures = (this.#failures.get(scope) ?? 0) + 1;
    this.#failures.set(scope, failures);
    this.#reports.failed('sending', error);
    // Nobody else tries meanwhile.
    const again = fullJitter(failures, BACKOFF, this.#clock.random());
    await outbox.renew(
      scope,
      this.#holder,
      new Date(this.#clock.now().getTime() + again),
    );
  }

  /** Keeps a scope while something in it is being sent. @returns a function that ends it */
  #hold(scope: string): () => void {
    const { outbox, leaseMs = 60_000 } = this.#options;
    let letGo = () => {};
    const renewLater = () => {
      letGo = this.#clock.after(leaseMs / 3, () => {
        renewLater();
        const until = new Date(this.#clock.now().getTime() + leaseMs);
        // Without the database nobody else can take over either.
        outbox.renew(scope, this.#holder, until).catch(() => {});
      });
    };
    renewLater();
    return () => letGo();
  }
}
