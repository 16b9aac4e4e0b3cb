import { Clock, systemClock } from '../clock';

/** A clock that stands still until it is advanced. */
export class ManualClock implements Clock {
  #elapsed = 0;
  #timers: Array<{ at: number; callback: () => void }> = [];

  /** What `random()` says. */
  chance = 0.5;

  now(): Date {
    return new Date(Date.UTC(2026, 10, 24) + this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#elapsed + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** Milliseconds until each timer fires, soonest first. */
  get pending(): number[] {
    return this.#timers
      .map(({ at }) => at - this.#elapsed)
      .sort((a, b) => a - b);
  }

  advance(ms: number): void {
    const end = this.#elapsed + ms;
    for (;;) {
      const [next] = this.#timers.sort((a, b) => a.at - b.at);
      if (!next || next.at > end) {
        break;
      }
      this.#elapsed = next.at;
      this.#timers.shift();
      next.callback();
    }
    this.#elapsed = end;
  }
}

/** The system's time, passing so many times as fast. */
export function fastClock(speed: number): Clock {
  return {
    ...systemClock,
    monotonic: () => systemClock.monotonic() * speed,
    after: (ms, callback) => systemClock.after(ms / speed, callback),
  };
}
