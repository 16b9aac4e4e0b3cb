/** Upper bound of the first pause after a failure; doubles each time. */
export const RETRY_MS = 1_000;
/** Upper bound of all pauses after failures. */
const RETRY_MAX_MS = 30_000;
/** Between two questions where streams cannot be had. */
const POLL_MS = 10_000;

/** So many failed streams in a row, then the page asks instead, and tries a stream now and then. */
const STREAM_FAILURES_BEFORE_POLLING = 2;
const POLLS_BEFORE_NEXT_STREAM = 6;

/** When a feed opens a stream, when it only asks, and how long it pauses in between. */
export class Pace {
  /** Streams that failed in a row. */
  #failures = 0;
  /** Questions since the last stream. */
  #polls = 0;

  /** Begins anew, also after a stream has said something. */
  reset(): void {
    this.#failures = 0;
    this.#polls = 0;
  }

  fail(): void {
    this.#failures++;
  }

  /** Streams cannot be had, as it seems. */
  get isPolling(): boolean {
    return this.#failures >= STREAM_FAILURES_BEFORE_POLLING;
  }

  /** Whether to ask this time, and not to open a stream. Each call is one time. */
  isTimeToAsk(): boolean {
    return this.isPolling && this.#polls++ % POLLS_BEFORE_NEXT_STREAM !== 0;
  }

  /**
   * Full jitter after failures, so that a backend that comes back is not met by everybody
   * at once.
   *
   * @param isAnswered - the last question was, while streams cannot be had
   */
  nextPause(isAnswered: boolean): number {
    if (isAnswered) {
      return POLL_MS * (0.75 + Math.random() / 2);
    }
    const bound = RETRY_MS * 2 ** Math.max(0, this.#failures - 1);
    return Math.random() * Math.min(RETRY_MAX_MS, bound);
  }
}
