import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './Bench.ts';
import { machine, versions } from './report/machine.ts';
import { publish, targetTable } from './report/markdown.ts';
import { isMet, type Result, type Table } from './report/Result.ts';
import { keep, newest } from './report/results.ts';
import { rounded } from './report/statistics.ts';
import { root } from './root.ts';

const BENCHES: Record<string, () => Promise<Bench>> = {
  upstream: async () => (await import('./benches/upstream.ts')).upstream,
  latency: async () => (await import('./benches/latency.ts')).latency,
  scale: async () => (await import('./benches/scale.ts')).scale,
  bundle: async () => (await import('./benches/bundle.ts')).bundle,
  paint: async () => (await import('./benches/paint.ts')).paint,
};

const HELP = `npm run bench -- [NAME …] [--quick]

Measures, on clusters that it starts by itself and with nothing else running, please:
  upstream  requests at the API server by 1, 20 and 200 viewers, beside Backstage's
            Kubernetes plugin (12 min)
  latency   from a change in the cluster to the event at 1 and at 500 clients, beside
            a watch of the API server itself (5 min)
  scale     1,000 and 2,000 pipelines: until all is known, memory, reading while 50
            objects a second change, beside plain lists of the same (15 min)
  bundle    what our packages add to what a portal loads (1 min)
  paint     in a browser: from an event to what it changes on the screen, a run of 200
            steps that changes 20 times a second, and the first view of the tab beside
            that of Backstage's Kubernetes plugin (6 min)
All of them without a name. Each run is a line of bench/results/NAME.jsonl, and the
newest is in docs/benchmarks.md. --quick takes two minutes each, is smaller, and leaves
no trace. Ends with 1 when a target is missed.
`;

function print({ title, columns, rows }: Table): void {
  const cells = [columns, ...rows].map(row =>
    row.map(cell => (typeof cell === 'number' ? `${rounded(cell)}` : cell)),
  );
  const widths = columns.map((_, column) =>
    Math.max(...cells.map(row => row[column].length)),
  );
  console.log(`\n${title}`);
  for (const row of cells) {
    console.log(
      `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`,
    );
  }
}

async function run(name: string, quick: boolean): Promise<Result> {
  console.log(`\n━━ ${name}`);
  const bench = await BENCHES[name]();
  const directory = join(root, '.bench', name);
  mkdirSync(directory, { recursive: true });
  const about = { machine: machine(), versions: versions() };
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1_000);
  const findings = await bench({
    quick,
    directory,
    say: message => console.log(`  ${seconds()} s  ${message}`),
  });
  const result = {
    bench: name,
    at: new Date(started).toISOString(),
    command: `npm run bench -- ${name}${quick ? ' --quick' : ''}`,
    seconds: seconds(),
    ...about,
    ...findings,
  };
  if (!quick) {
    keep(result);
  }
  [...result.tables, targetTable(result.targets)].forEach(print);
  result.notes?.forEach(note => console.log(`\n${note}`));
  return result;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.find(name => !BENCHES[name]);
  if (unknown) {
    console.error(`There is no benchmark "${unknown}".\n\n${HELP}`);
    return 1;
  }
  const names = positionals.length ? positionals : Object.keys(BENCHES);
  const targets = [];
  for (const name of names) {
    targets.push(...(await run(name, values.quick ?? false)).targets);
  }
  if (!values.quick) {
    publish(names.flatMap(name => newest(name) ?? []));
  }
  const met = targets.filter(isMet).length;
  console.log(`\n${met} targets met, ${targets.length - met} missed`);
  return met === targets.length ? 0 : 1;
}

// Interrupted: 'exit' tells whoever is supervised, and their IPC channels close.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1));
}
main().then(
  code => process.exit(code),
  error => {
    console.error(error);
    process.exit(1);
  },
);
