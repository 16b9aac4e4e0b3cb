import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem, type as systemName, release } from 'node:os';
import { root } from '../root.ts';

/** Where something was measured. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  /** Of the last minute before the benchmark began; much else to do spoils the figures. */
  loadBefore: number;
}

export function machine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemName()} ${release()}`,
    loadBefore: Math.round(loadavg()[0] * 100) / 100,
  };
}

const require = createRequire(import.meta.url);

function packageVersion(name: string): string {
  return JSON.parse(
    readFileSync(require.resolve(`${name}/package.json`), 'utf8'),
  ).version;
}

/** Versions of what took part, by name. */
export function versions(): Record<string, string> {
  const backstage = JSON.parse(
    readFileSync(`${root}/backstage.json`, 'utf8'),
  ).version;
  return {
    node: process.version,
    backstage,
    'plugin-kubernetes-backend': packageVersion(
      '@backstage/plugin-kubernetes-backend',
    ),
    commit: commit(),
  };
}

/** Of this repository; with a mark when files differ from it. */
function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', 'plugins', 'bench/src');
    return `${git('rev-parse', '--short', 'HEAD')}${changed && ' + changes'}`;
  } catch {
    return 'unknown';
  }
}
