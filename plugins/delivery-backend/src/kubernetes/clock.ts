import { performance } from 'node:perf_hooks';

/** Time and chance, so that tests decide both. */
export interface Clock {
  /** Wall clock, for what people read. */
  now(): Date;
  /** Milliseconds that only ever grow, for durations: the wall clock may be stepped. */
  monotonic(): number;
  /** Calls back once after `ms`; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
  /** In [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    // A waiting watch is no reason to keep a process alive that wants to end.
    timer.unref();
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
