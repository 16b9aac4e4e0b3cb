import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { followParent, startChild } from '../bootstrap/child.mjs';
import { installedStamp } from '../bootstrap/dependencies.mjs';
import { root } from '../bootstrap/root.mjs';
import { StepError } from '../bootstrap/step.mjs';

const cli = join(root, 'packages/local-platform/src/cli.ts');

/** Folder of the local platform that `npm start` uses. */
export const platformDirectory = resolve(
  process.env.DELIVERY_PLATFORM_DIR ?? join(root, '.platform'),
);

/** What the portal keeps of an existing cluster: no history of one is told as another's. */
export const existingClusterDirectory = `${platformDirectory}-existing-cluster`;

/**
 * Starts the local platform; it goes on building programs and starting systems
 * while the portal is already used.
 *
 * @param only - names of the systems to run; all without it
 * @returns the running program and the portal's configuration for it
 */
export async function startLocalPlatform(directory, onLine, only) {
  const child = startChild(
    process.execPath,
    [
      '--require',
      followParent,
      cli,
      'up',
      ...(only ? ['--only', only.join()] : []),
    ],
    {
      env: {
        ...process.env,
        DELIVERY_PLATFORM_DIR: directory,
        // Programs are built meanwhile; what talks to the cluster needs npm packages.
        DELIVERY_PLATFORM_WAIT_FOR: installedStamp,
      },
      log: join(directory, 'logs', 'local-platform.log'),
      onLine,
    },
  );
  const config = join(directory, 'app-config.yaml');
  let ended = false;
  child.exited.then(() => {
    ended = true;
  });
  while (!existsSync(config)) {
    if (ended) {
      throw new StepError(
        `The local platform ended:\n${child.tail()}`,
        'npm start -- --kubeconfig FILE uses an existing cluster instead',
      );
    }
    await setTimeout(100);
  }
  return { child, config };
}
