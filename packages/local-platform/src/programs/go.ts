import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { moduleFolder } from './location.ts';
import type { ProgramModule } from './catalogue.ts';

const WANTED =
  'The local platform builds its programs with Go 1.21 or newer, which brings the release that each needs. Install it from https://go.dev/dl/ and see that `go` is on the PATH, or use an existing cluster: npm start -- --kubeconfig FILE';

/** What to do about the failures that a machine without preparation shows. */
const ADVICE: readonly [RegExp, string][] = [
  [
    /C compiler .* not found/,
    'Gitea needs a C compiler for SQLite: install gcc (Debian, Ubuntu: apt install gcc libc6-dev).',
  ],
  [
    /no space left on device/,
    'Building needs about 8 GB in the Go caches (`go env GOCACHE GOMODCACHE`).',
  ],
  [
    /dial tcp|lookup .* no such host|403 Forbidden/,
    'Go modules come from the proxy in `go env GOPROXY`; it must be reachable.',
  ],
  [/toolchain|requires go/, WANTED],
];

/** The go command failed, or there is none. The message says what to do. */
export class GoError extends Error {
  override name = 'GoError';
}

export interface GoOptions {
  cgo?: boolean;
  signal?: AbortSignal;
  /** Called with each line of the command's standard error. */
  onLine?: (line: string) => void;
}

/** Runs the go command inside a module and gives its standard output. */
export function go(
  module: ProgramModule,
  args: string[],
  options: GoOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, {
      cwd: moduleFolder(module),
      env: {
        ...process.env,
        GOTOOLCHAIN: module.toolchain,
        GOFLAGS: '-mod=readonly',
        GOWORK: 'off',
        CGO_ENABLED: options.cgo ? '1' : '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    });
    if (child.pid) {
      // The portal and what runs already come first.
      setPriority(child.pid, constants.priority.PRIORITY_LOW);
    }
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    const lines: string[] = [];
    const decoder = new StringDecoder();
    let rest = '';
    child.stderr.on('data', (chunk: Buffer) => {
      const parts = (rest + decoder.write(chunk)).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        options.onLine?.(line);
      }
    });
    child.on('error', error => {
      reject(
        'code' in error && error.code === 'ENOENT'
          ? new GoError(`There is no \`go\` command. ${WANTED}`)
          : error,
      );
    });
    child.on('close', code => {
      if (code === 0) {
        resolve(output);
        return;
      }
      const reason = [...lines, rest].filter(Boolean).slice(-12).join('\n');
      const advice = ADVICE.find(([pattern]) => pattern.test(reason))?.[1];
      reject(
        new GoError(
          [`go ${args[0]} ended with ${code}:`, reason, advice]
            .filter(Boolean)
            .join('\n'),
        ),
      );
    });
  });
}

/** Folder of a module's source, downloaded when it is not there: CRDs and default manifests are read from it. */
export async function sourceFolder(
  module: ProgramModule,
  dependency: string,
): Promise<string> {
  const format = '{{.Version}}\n{{.Dir}}';
  const answer = await go(module, ['list', '-m', '-f', format, dependency]);
  const [version, there] = answer.trim().split('\n');
  if (there) {
    return there;
  }
  const wanted = `${dependency}@${version}`;
  const { Dir: folder } = JSON.parse(
    await go(module, ['mod', 'download', '-json', wanted]),
  ) as { Dir?: string };
  if (!folder) {
    throw new GoError(`go mod download gave no folder for ${wanted}`);
  }
  return folder;
}
