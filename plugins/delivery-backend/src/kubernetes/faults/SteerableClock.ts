import { Clock, systemClock } from '../clock';

interface Timer {
  /** On the monotonic clock. */
  at: number;
  fire(): void;
  cancel(): void;
}

/**
 * The system's time, until a test steps the wall clock or lets time pass at once.
 * Chance is always in the middle, so that backoff waits half of what it may.
 */
export class SteerableClock implements Clock {
  #stepped = 0;
  #ahead = 0;
  readonly #timers = new Set<Timer>();

  now(): Date {
    return new Date(Date.now() + this.#stepped);
  }

  monotonic(): number {
    return systemClock.monotonic() + this.#ahead;
  }

  random(): number {
    return 0.5;
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = {
      at: this.monotonic() + ms,
      fire: () => {
        this.#timers.delete(timer);
        callback();
      },
      cancel: systemClock.after(ms, () => timer.fire()),
    };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  /** Whether something is to happen in so many milliseconds. */
  isDueWithin(ms: number): boolean {
    const soon = this.monotonic() + ms;
    return [...this.#timers].some(({ at }) => at <= soon);
  }

  /** Sets the wall clock forward or back, as its owner or NTP may. */
  step(ms: number): void {
    this.#stepped += ms;
  }

  /** Lets this much time pass at once: whatever was due meanwhile is due now. */
  leap(ms: number): void {
    this.#stepped += ms;
    this.#ahead += ms;
    for (const timer of [...this.#timers]) {
      timer.cancel();
      timer.cancel = systemClock.after(
        Math.max(0, timer.at - this.monotonic()),
        () => timer.fire(),
      );
    }
  }
}
