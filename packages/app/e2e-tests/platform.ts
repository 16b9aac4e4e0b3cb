import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

const run = promisify(execFile);
const cli = resolve(__dirname, '../../local-platform/src/cli.ts');

const overlaySchema = z.object({
  integrations: z.object({
    gitea: z
      .array(
        z.object({
          baseUrl: z.url(),
          username: z.string(),
          password: z.string(),
        }),
      )
      .min(1),
  }),
});

const statusSchema = z.object({ processes: z.record(z.string(), z.number()) });

function read(file: string): string {
  const directory = process.env.DELIVERY_PLATFORM_DIR;
  if (!directory) {
    throw new Error(
      'DELIVERY_PLATFORM_DIR is not set: run `npm test -- browser`',
    );
  }
  return readFileSync(join(directory, file), 'utf8');
}

/** Runs a command of the local platform, as `npm run platform -- …` does. */
export async function platform(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [cli, ...args], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** What `kubectl … -o json` prints, as the administrator. */
export async function kubectl<T = any>(...args: string[]): Promise<T> {
  return JSON.parse(await platform('kubectl', ...args, '-o', 'json'));
}

/** Process id of a program of the platform; another one after it was started again. */
export function processId(name: string): number {
  const { processes } = statusSchema.parse(JSON.parse(read('status.json')));
  if (!processes[name]) {
    throw new Error(`the platform runs no ${name}`);
  }
  return processes[name];
}

/** Does something while a program of the platform does nothing, as one that is slow. */
export async function whileIdle<T>(
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const pid = processId(name);
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** The Git server of the local platform and an account that may push. */
export function gitServer(): {
  baseUrl: string;
  username: string;
  password: string;
} {
  return overlaySchema.parse(parse(read('app-config.yaml'))).integrations
    .gitea[0];
}

/** Asks the Git server, as its administrator. */
export async function gitea<T = any>(
  method: 'GET' | 'PATCH' | 'POST',
  path: string,
  body?: object,
): Promise<T> {
  const { baseUrl, username, password } = gitServer();
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${username}:${password}`)}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  // A merge is answered by nothing.
  return (text ? JSON.parse(text) : undefined) as T;
}
