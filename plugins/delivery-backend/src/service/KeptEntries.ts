import { inSlices } from './inSlices';

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
    // Those that become due meanwhile are among them.
    await inSlices(this.#due, entry => {
      this.#due.delete(entry);
      if (this.has(entry)) {
        this.compute(entry);
      }
    });
    this.#timer = undefined;
    if (this.#due.size > 0) {
      this.#schedule();
    }
  }
}
