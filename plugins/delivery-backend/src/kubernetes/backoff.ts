import { Clock } from './clock';

export interface BackoffOptions {
  /** Ceiling of the first delay. */
  baseMs: number;
  /** Ceiling of every delay. */
  capMs: number;
}

/**
 * Full jitter: anywhere between nothing and a ceiling that doubles, so that many
 * watchers of one API server do not return in step.
 *
 * @param failures - failures in a row, from 1
 * @param random - in [0, 1)
 */
export function fullJitter(
  failures: number,
  options: BackoffOptions,
  random: number,
): number {
  const doublings = Math.min(Math.max(failures, 1) - 1, 30);
  return Math.round(
    random * Math.min(options.capMs, options.baseMs * 2 ** doublings),
  );
}

/** Sleeps until the time has passed, `wake` is called or the signal aborts, whichever is first. */
export class Pause {
  #wake?: () => void;

  constructor(private readonly clock: Clock) {}

  get sleeping(): boolean {
    return this.#wake !== undefined;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    await new Promise<void>(resolve => {
      const cancel = this.clock.after(ms, () => this.wake());
      const onAbort = () => this.wake();
      signal.addEventListener('abort', onAbort, { once: true });
      this.#wake = () => {
        this.#wake = undefined;
        cancel();
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
    });
  }

  wake(): void {
    this.#wake?.();
  }
}
