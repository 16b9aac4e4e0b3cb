import { inSlices } from './inSlices';

export interface KeptEntriesOptions<Entry> {
  /** Must not throw. */
  compute(entry: Entry): void;
  /** How long a change may wait. */
  afterMs: number;
  /** Whether everything that they are made from is known. */
  isSettled(): boolean;
  /** How long they may wait for that. */
  settledAfterMs: number;
}

/**
 * Entries that are computed although nobody looks, so that what their clusters forget is
 * recorded. They may wait: changes of a while are taken together, thousands of entries
 * are computed with pauses, and while a cluster is listed for the first time not at all,
 * since each kind that becomes known would have all of them computed again.
 */
export class KeptEntries<Entry> {
  readonly #options: KeptEntriesOptions<Entry>;
  #entries: ReadonlySet<Entry> = new Set();
  readonly #due = new Set<Entry>();
  #timer?: NodeJS.Timeout;
  /** Since when they wait for what they are made from. */
  #unsettledAt?: number;

  constructor(options: KeptEntriesOptions<Entry>) {
    this.#options = options;
  }

  has(entry: Entry): boolean {
    return this.#entries.has(entry);
  }

  /** Keeps these entries and no others. */
  set(entries: Iterable<Entry>): void {
    this.#entries = new Set(entries);
  }

  /** Says that an entry has to be computed, if it is kept. */
  changed(entry: Entry): void {
    if (this.has(entry)) {
      this.#due.add(entry);
      this.#schedule();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#due.clear();
    this.#entries = new Set();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () => this.#computeDue(),
      this.#options.afterMs,
    ).unref();
  }

  async #computeDue(): Promise<void> {
    if (!this.#waits()) {
      // Those that become due meanwhile are among them.
      await inSlices(this.#due, entry => {
        this.#due.delete(entry);
        if (this.has(entry)) {
          this.#options.compute(entry);
        }
      });
    }
    this.#timer = undefined;
    if (this.#due.size > 0) {
      this.#schedule();
    }
  }

  #waits(): boolean {
    const { isSettled, settledAfterMs } = this.#options;
    if (isSettled()) {
      this.#unsettledAt = undefined;
      return false;
    }
    this.#unsettledAt ??= performance.now();
    return performance.now() - this.#unsettledAt < settledAfterMs;
  }
}
