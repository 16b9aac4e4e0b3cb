import { createHash } from 'node:crypto';
import fs, { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';

const stamp = join(root, 'packages/app/dist/.built-from');

function sources() {
  const hash = createHash('sha256');
  const files = fs.globSync(
    [
      'yarn.lock',
      'packages/app/{package.json,src/**/*.*,public/**/*.*}',
      'plugins/{delivery,delivery-common,scaffolder-module-delivery}/{package.json,src/**/*.*}',
    ],
    { cwd: root },
  );
  for (const file of files.sort()) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Builds the frontend, unless what is there was built from the same sources. */
export async function buildApp(log) {
  const hash = sources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return;
  }
  await step(
    'Build of the frontend',
    { expected: '45 s', hint: `read ${log}` },
    () =>
      runChild(
        join(root, 'node_modules/.bin/backstage-cli'),
        ['package', 'build'],
        {
          env: { ...process.env, NODE_ENV: 'production' },
          cwd: join(root, 'packages/app'),
          log,
        },
      ),
  );
  writeFileSync(stamp, hash);
}
