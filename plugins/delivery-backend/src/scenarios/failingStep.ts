import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const CLI = path.join(
  resolvePackagePath('@golden-path/plugin-delivery-backend'),
  '../../packages/local-platform/src/cli.ts',
);

const tell = (...args: string[]) =>
  promisify(execFile)(process.execPath, [CLI, ...args]);

/** Lets a step of an application's runs fail until it is healed. */
export async function failStep(
  step: string,
  app: string,
  message: string,
): Promise<void> {
  await tell('fail', step, '--app', app, '--message', message);
}

/** Ends what {@link failStep} began. */
export async function healStep(step: string, app: string): Promise<void> {
  await tell('heal', step, '--app', app);
}
