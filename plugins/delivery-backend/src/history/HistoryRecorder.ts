import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { fullJitter, Pause } from '../kubernetes/backoff';
import { systemClock, type Clock } from '../kubernetes/clock';
import type { HistoryStore } from './HistoryStore';
import { naturalId, type HistoryRecord } from './records';
import { recordsOf, type Observation } from './recordsOf';

export interface HistoryRecorderOptions {
  store: Pick<HistoryStore, 'write' | 'answers'>;
  logger: LoggerService;
  /** What ended longer ago is not written, since it would be forgotten at once. */
  retentionMs: number;
  /** Records that wait for the database at most. Default: 20 000. */
  capacity?: number;
  /** How long the end of the process may wait for the database. Default: 5 s. */
  flushMs?: number;
  clock?: Clock;
}

interface Waiting {
  record: HistoryRecord;
  fingerprint: string;
  /** How often a database that answers refused it. */
  refusals: number;
}

const BATCH = 200;
const BACKOFF = { baseMs: 200, capMs: 30_000 };
const MAXIMUM_REFUSALS = 5;

/**
 * Writes down what clusters are about to forget.
 *
 * @remarks
 * Each observation holds everything that its cluster still knows, and every record has
 * the id that the cluster gave it. So nothing needs to be remembered over a restart: what
 * was not written when a process was killed is in the first observation of the next one.
 */
export class HistoryRecorder {
  readonly #options: HistoryRecorderOptions;
  readonly #clock: Clock;
  readonly #pause: Pause;
  readonly #stopping = new AbortController();
  /** By natural id; the newest form of a record replaces older ones. */
  readonly #waiting = new Map<string, Waiting>();
  /** By pipeline: what the cluster still knows and is in the database, or was refused. */
  readonly #settled = new Map<string, Map<string, string>>();
  readonly #listeners = new Set<(written: readonly HistoryRecord[]) => void>();
  #writing?: Promise<void>;
  #failures = 0;
  #lost = 0;

  static create(options: HistoryRecorderOptions): HistoryRecorder {
    return new HistoryRecorder(options);
  }

  private constructor(options: HistoryRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#pause = new Pause(this.#clock);
  }

  /** Takes down what is new in the facts of a pipeline. Never waits, never throws. */
  observe(observation: Observation): void {
    try {
      const records = recordsOf(observation).filter(each => this.#isKept(each));
      const [first] = records;
      if (first) {
        this.#forget(first.pipeline, records);
      }
      this.record(records);
    } catch (error) {
      this.#options.logger.error(
        'Cannot tell what of a pipeline belongs into its history',
        toError(error),
      );
    }
  }

  /** Takes down facts that are in no observation. Never waits, never throws. */
  record(records: readonly HistoryRecord[]): void {
    for (const record of records) {
      const id = naturalId(record);
      const fingerprint = fingerprintOf(record);
      if (this.#settled.get(record.pipeline)?.get(id) !== fingerprint) {
        const before = this.#waiting.get(id);
        if (before?.fingerprint !== fingerprint) {
          this.#waiting.delete(id);
          this.#waiting.set(id, { record, fingerprint, refusals: 0 });
        }
      }
    }
    this.#dropOldest();
    if (this.#waiting.size > 0) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    }
  }

  /** Tells a listener, which must not throw, what is in the database from now on. */
  subscribe(listener: (written: readonly HistoryRecord[]) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves when nothing waits any more, or the process may not wait longer. */
  async stop(): Promise<void> {
    const { flushMs = 5_000, logger } = this.#options;
    const cancel = this.#clock.after(flushMs, () => this.#stopping.abort());
    this.#pause.wake();
    const ended = new Promise<void>(resolve =>
      this.#stopping.signal.addEventListener('abort', () => resolve()),
    );
    await Promise.race([this.#writing, ended]);
    cancel();
    this.#stopping.abort();
    if (this.#waiting.size > 0) {
      logger.warn(
        `${
          this.#waiting.size
        } records of the history could not be written before the end; what the clusters still know is written after the next start`,
      );
    }
  }

  /** Ends when nothing waits; fails never. */
  async #write(): Promise<void> {
    // What is observed in one go is written in one go.
    await Promise.resolve();
    while (this.#waiting.size > 0 && !this.#stopping.signal.aborted) {
      const batch = [...this.#waiting.entries()].slice(0, BATCH);
      try {
        await this.#options.store.write(batch.map(([, { record }]) => record));
        batch.forEach(([id, written]) => this.#settle(id, written));
        const written = batch.map(([, { record }]) => record);
        this.#listeners.forEach(listener => listener(written));
        this.#recovered();
      } catch (error) {
        await this.#failed(batch, toError(error));
      }
    }
  }

  /** A database that answers may still refuse one record: the others must not suffer. */
  async #failed(batch: Array<[string, Waiting]>, error: Error): Promise<void> {
    const { store, logger } = this.#options;
    this.#failures += 1;
    if (this.#failures === 1) {
      logger.warn(
        `Cannot write history now; it is kept and tried again: ${reasonOf(
          error,
        )}`,
      );
    }
    if (this.#failures > 1 && (await store.answers())) {
      for (const [id, waiting] of batch) {
        await this.#writeAlone(id, waiting);
      }
    }
    if (this.#waiting.size > 0) {
      await this.#pause.sleep(
        fullJitter(this.#failures, BACKOFF, this.#clock.random()),
        this.#stopping.signal,
      );
    }
  }

  async #writeAlone(id: string, waiting: Waiting): Promise<void> {
    const { store, logger } = this.#options;
    try {
      await store.write([waiting.record]);
      this.#settle(id, waiting);
    } catch (error) {
      waiting.refusals += 1;
      if (waiting.refusals >= MAXIMUM_REFUSALS) {
        logger.error(
          `The database refuses a record of the history, which is left out: ${id}: ${reasonOf(
            toError(error),
          )}`,
        );
        this.#settle(id, waiting);
      }
    }
  }

  #recovered(): void {
    if (this.#failures > 0) {
      this.#options.logger.info(
        `History is written again${
          this.#lost > 0
            ? `; ${
                this.#lost
              } records were dropped meanwhile and are written when they are observed again`
            : ''
        }`,
      );
    }
    this.#failures = 0;
    this.#lost = 0;
  }

  #settle(id: string, { record, fingerprint }: Waiting): void {
    const settled =
      this.#settled.get(record.pipeline) ?? new Map<string, string>();
    settled.set(id, fingerprint);
    this.#settled.set(record.pipeline, settled);
    // A newer form of it may have come while it was written.
    if (this.#waiting.get(id)?.fingerprint === fingerprint) {
      this.#waiting.delete(id);
    }
  }

  /** What the cluster forgot will not be observed again. */
  #forget(pipeline: string, records: readonly HistoryRecord[]): void {
    const settled = this.#settled.get(pipeline);
    if (settled) {
      const known = new Set(records.map(naturalId));
      for (const id of settled.keys()) {
        if (!known.has(id)) {
          settled.delete(id);
        }
      }
    }
  }

  #dropOldest(): void {
    const { capacity = 20_000 } = this.#options;
    for (const id of this.#waiting.keys()) {
      if (this.#waiting.size <= capacity) {
        return;
      }
      this.#waiting.delete(id);
      this.#lost += 1;
    }
  }

  #isKept(record: HistoryRecord): boolean {
    return (
      record.table !== 'runs' ||
      Date.parse(record.finishedAt) >=
        this.#clock.now().getTime() - this.#options.retentionMs
    );
  }
}

/** Changes when there is something to write; cheap where there is much to compare. */
function fingerprintOf(record: HistoryRecord): string {
  return record.table === 'runs'
    ? `${record.finishedAt} ${record.phase}`
    : JSON.stringify(record);
}

/** Without the statement and its values, which knex writes before the database's words. */
function reasonOf({ message }: Error): string {
  return message.slice(message.lastIndexOf(' - ') + 1).replace(/^- /, '');
}
