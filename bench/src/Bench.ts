import type { Findings } from './report/Result.ts';

export interface BenchOptions {
  /** Seconds instead of minutes, for a look whether everything works. */
  quick: boolean;
  /** Where it may keep what it needs. */
  directory: string;
  say(message: string): void;
}

/** A benchmark: starts all that it needs, and ends all that it started. */
export type Bench = (options: BenchOptions) => Promise<Findings>;
