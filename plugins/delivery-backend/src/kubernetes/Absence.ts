import { KubeErrorCause } from './KubeError';

/** An API server that starts knows within this time who may what; it takes about two seconds. */
const STARTING_MS = 5_000;

/** Whether an API server was away, and for how long it may still be starting. */
export class Absence {
  #away = false;
  /** When it answered again, on the monotonic clock. */
  #backAt = -Infinity;

  /**
   * Takes note of a failure.
   *
   * @param now - on the monotonic clock
   * @returns for how long the server may still be starting, in ms; 0 where it was not away
   */
  failed(failure: KubeErrorCause, now: number): number {
    if (failure === 'unreachable') {
      this.#away = true;
      return 0;
    }
    if (this.#away) {
      this.#away = false;
      this.#backAt = now;
    }
    return Math.max(this.#backAt + STARTING_MS - now, 0);
  }

  /** The server is well. */
  over(): void {
    this.#away = false;
    this.#backAt = -Infinity;
  }
}
