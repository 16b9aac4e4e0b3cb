import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../root.ts';

const run = promisify(execFile);

/**
 * Runs Backstage's own command on the package in a folder.
 *
 * @throws with what it printed, when it fails
 */
export async function buildPackage(
  folder: string,
  ...options: string[]
): Promise<void> {
  await run(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
      ...options,
    ],
    {
      cwd: folder,
      // Its warnings are no errors here, whoever runs this.
      env: { ...process.env, NODE_ENV: 'production', CI: undefined },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
}
