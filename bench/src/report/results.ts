import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';
import type { Result } from './Result.ts';

const folder = join(root, 'bench', 'results');

/** Adds a run to the results of its benchmark. */
export function keep(result: Result): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(
    join(folder, `${result.bench}.jsonl`),
    `${JSON.stringify(result)}\n`,
  );
}

/** The newest run of a benchmark that was kept. */
export function newest(bench: string): Result | undefined {
  const file = join(folder, `${bench}.jsonl`);
  if (!existsSync(file)) {
    return undefined;
  }
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Result)
    .at(-1);
}
