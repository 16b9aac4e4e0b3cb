import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

const run = promisify(execFile);
const directory = process.env.DELIVERY_PLATFORM_DIR;
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

/** The Git server of the local platform and an account that may push. */
export function gitServer(): {
  baseUrl: string;
  username: string;
  password: string;
} {
  if (!directory) {
    throw new Error(
      'DELIVERY_PLATFORM_DIR is not set: run `npm test -- browser`',
    );
  }
  const overlay = overlaySchema.parse(
    parse(readFileSync(join(directory, 'app-config.yaml'), 'utf8')),
  );
  return overlay.integrations.gitea[0];
}
