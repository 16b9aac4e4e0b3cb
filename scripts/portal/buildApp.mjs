import { createHash } from 'node:crypto';
import fs, { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';

function sourcesOf(app) {
  const hash = createHash('sha256');
  const files = fs.globSync(
    [
      'yarn.lock',
      `packages/${app}/{package.json,src/**/*.*,public/**/*.*}`,
      'plugins/{delivery,delivery-common,scaffolder-module-delivery}/{package.json,src/**/*.*}',
    ],
    { cwd: root },
  );
  for (const file of files.sort()) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * Builds a frontend, unless what is there was built from the same sources.
 *
 * @param log - file for what the build prints
 * @param app - folder of packages
 * @returns the folder with what was built
 */
export async function buildApp(log, app = 'app') {
  const folder = join(root, 'packages', app);
  const dist = join(folder, 'dist');
  const stamp = join(dist, '.built-from');
  const hash = sourcesOf(app);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return dist;
  }
  await step(
    app === 'app' ? 'Build of the frontend' : `Build of ${app}`,
    { expected: '45 s', hint: `read ${log}` },
    () =>
      runChild(
        join(root, 'node_modules/.bin/backstage-cli'),
        ['package', 'build'],
        {
          env: { ...process.env, NODE_ENV: 'production' },
          cwd: folder,
          log,
        },
      ),
  );
  writeFileSync(stamp, hash);
  return dist;
}
