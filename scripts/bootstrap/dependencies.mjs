import { createHash } from 'node:crypto';
import fs, { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { root } from './root.mjs';
import { step } from './step.mjs';

/** Exists, holding a hash of what was asked for, once the dependencies are complete. */
export const installedStamp = join(
  root,
  'node_modules',
  '.golden-path-installed',
);

function wanted() {
  const hash = createHash('sha256');
  const manifests = fs.globSync(
    ['packages/*/package.json', 'plugins/*/package.json', 'bench/package.json'],
    {
      cwd: root,
    },
  );
  for (const file of ['package.json', 'yarn.lock', ...manifests.sort()]) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.update(process.version).digest('hex');
}

/** Installs the npm dependencies exactly as locked, unless they are there already. */
export async function ensureDependencies(env) {
  const hash = wanted();
  if (
    existsSync(installedStamp) &&
    readFileSync(installedStamp, 'utf8') === hash
  ) {
    return;
  }
  await step(
    'Dependencies from the npm registry',
    {
      expected: '2 min the first time, 1 min from the cache',
      hint: 'read .toolchain/yarn-install.log; a lock file that does not fit is brought up to date by `yarn install`',
    },
    () =>
      runChild('yarn', ['install', '--immutable'], {
        env,
        log: join(root, '.toolchain', 'yarn-install.log'),
      }),
  );
  writeFileSync(installedStamp, hash);
}
