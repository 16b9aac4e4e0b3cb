import { setImmediate } from 'node:timers/promises';

/** Viewers and other requests are served at least this often, in milliseconds. */
const SLICE_MS = 15;

/**
 * Entries that are computed although nobody looks, so that what their clusters forget is
 * recorded. They may wait: changes of a while are taken together, and thousands of
 * entries are computed with pauses.
 */
export class KeptEntries<Entry> {
  #entries: ReadonlySet<Entry> = new Set();
  readonly #due = new Set<Entry>();
  #timer?: NodeJS.Timeout;

  /**
   * @param compute - must not throw
   * @param afterMs - how long a change may wait
   */
  constructor(
    private readonly compute: (entry: Entry) => void,
    private readonly afterMs: number,
  ) {}

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
    this.#timer ??= setTimeout(() => this.#computeDue(), this.afterMs).unref();
  }

  async #computeDue(): Promise<void> {
    let sliceEnds = performance.now() + SLICE_MS;
    for (const entry of this.#due) {
      this.#due.delete(entry);
      if (this.has(entry)) {
        this.compute(entry);
      }
      if (performance.now() > sliceEnds) {
        await setImmediate();
        sliceEnds = performance.now() + SLICE_MS;
      }
    }
    this.#timer = undefined;
  }
}
