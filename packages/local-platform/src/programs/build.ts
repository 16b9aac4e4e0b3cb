import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Program } from './catalogue.ts';
import { go } from './go.ts';
import { moduleFolder, programsCache } from './location.ts';

export interface BuildProgress {
  state: 'downloading' | 'building';
  expectedSeconds: number;
  message: string;
}

export interface BuildOptions {
  signal?: AbortSignal;
  onProgress?: (progress: BuildProgress) => void;
}

const DOWNLOAD_SECONDS = 30;

function flags(program: Program): string[] {
  return [
    '-trimpath',
    '-buildvcs=false',
    `-ldflags=${['-s', '-w', ...(program.linkerFlags ?? [])].join(' ')}`,
    ...(program.tags ? [`-tags=${program.tags.join(',')}`] : []),
  ];
}

/** Go files of our own that a program is made of, if it is one of ours. */
function ownSources(folder: string, program: Program): string[] {
  if (!program.package.startsWith('.')) {
    return [];
  }
  return readdirSync(join(folder, program.package), { encoding: 'utf8' })
    .filter(path => path.endsWith('.go'))
    .sort()
    .map(path => join(program.package, path));
}

/**
 * Where a program is, once built. The folder's name is made from all that decides the result, so that clones of the
 * repository share programs, and a changed version or flag builds anew.
 */
export function programPath(program: Program): string {
  const folder = moduleFolder(program.module);
  const hash = createHash('sha256').update(
    JSON.stringify([
      program.package,
      program.module.toolchain,
      program.cgo ?? false,
      flags(program),
      process.platform,
      process.arch,
    ]),
  );
  for (const path of ['go.mod', 'go.sum', ...ownSources(folder, program)]) {
    hash.update(path).update(readFileSync(join(folder, path)));
  }
  const key = hash.digest('hex').slice(0, 16);
  return join(programsCache(), program.name, key, program.name);
}

/** Builds a program unless it is in the cache, and gives its path. */
export async function buildProgram(
  program: Program,
  options: BuildOptions = {},
): Promise<string> {
  const path = programPath(program);
  if (existsSync(path)) {
    return path;
  }
  const { signal, onProgress } = options;
  onProgress?.({
    state: 'downloading',
    expectedSeconds: DOWNLOAD_SECONDS,
    message: `Downloading the source of ${program.name}`,
  });
  const target = program.tags ? [`-tags=${program.tags.join(',')}`] : [];
  await go(program.module, ['list', '-deps', ...target, program.package], {
    cgo: program.cgo,
    signal,
  });

  const report = (compiled: number) =>
    onProgress?.({
      state: 'building',
      expectedSeconds: program.expectedSeconds,
      message:
        compiled === 0
          ? `Building ${program.name}`
          : `Building ${program.name}: ${compiled} packages compiled`,
    });
  report(0);
  mkdirSync(join(path, '..'), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  let compiled = 0;
  await go(
    program.module,
    ['build', '-v', ...flags(program), '-o', draft, program.package],
    {
      cgo: program.cgo,
      signal,
      onLine: line => {
        // `-v` prints one package a line.
        if (/^[\w./-]+$/.test(line) && ++compiled % 25 === 0) {
          report(compiled);
        }
      },
    },
  );
  renameSync(draft, path);
  return path;
}
