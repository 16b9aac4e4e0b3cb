import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';
import { isMet, type Result, type Table, type Target } from './Result.ts';
import { rounded } from './statistics.ts';

/** Writes the newest figures of benchmarks into the page, each between its two marks. */
export function publish(results: readonly Result[]): void {
  const file = join(root, 'docs', 'benchmarks.md');
  const page = results.reduce(replaced, readFileSync(file, 'utf8'));
  writeFileSync(file, page);
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/prettier/bin-prettier.js'), '--write', file],
    { stdio: 'ignore' },
  );
}

/** @throws when the page has no place for the benchmark */
export function replaced(page: string, result: Result): string {
  const [begin, end] = [
    `<!-- figures of ${result.bench} -->`,
    `<!-- end of ${result.bench} -->`,
  ];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`The page has no line "${begin}" before one "${end}"`);
  }
  return `${page.slice(0, from + begin.length)}\n\n${figures(
    result,
  )}\n\n${page.slice(to)}`;
}

function figures(result: Result): string {
  const { machine, versions, targets, tables, notes = [] } = result;
  const versionList = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return [
    `\`${result.command}\`, ${result.at.slice(0, 10)}, ${Math.round(
      result.seconds / 60,
    )} min, on ${machine.cores} cores of ${machine.cpu}, ${
      machine.memoryGiB
    } GiB, ${machine.system}, load before ${
      machine.loadBefore
    }; ${versionList}.`,
    table(targetTable(targets)),
    ...tables.map(table),
    ...notes,
  ].join('\n\n');
}

export function targetTable(targets: readonly Target[]): Table {
  return {
    title: 'Targets',
    columns: ['target', 'reached', 'limit', ''],
    rows: targets.map(target => [
      target.name,
      `${rounded(target.value)} ${target.unit}`,
      `${rounded(target.limit)} ${target.unit}`,
      isMet(target) ? 'met' : '**missed**',
    ]),
  };
}

function table({ title, columns, rows }: Table): string {
  const line = (cells: (string | number)[]) =>
    `| ${cells
      .map(cell => (typeof cell === 'number' ? rounded(cell) : cell))
      .join(' | ')} |`;
  return [
    `**${title}**\n`,
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map(line),
  ].join('\n');
}
