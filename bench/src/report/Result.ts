import type { Machine } from './machine.ts';

/** What a benchmark must reach, and what it reached. */
export interface Target {
  name: string;
  value: number;
  /** The value must not be above it. */
  limit: number;
  unit: string;
}

export interface Table {
  title: string;
  columns: string[];
  rows: (string | number)[][];
}

/** What a benchmark found. */
export interface Findings {
  targets: Target[];
  tables: Table[];
  /** Said below the tables: what went otherwise than planned. */
  notes?: string[];
}

/** One run of a benchmark: one line of `results/NAME.jsonl`. */
export interface Result extends Findings {
  bench: string;
  at: string;
  command: string;
  seconds: number;
  machine: Machine;
  versions: Record<string, string>;
}

export function isMet({ value, limit }: Target): boolean {
  return value <= limit;
}
