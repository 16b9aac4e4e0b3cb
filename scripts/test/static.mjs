import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';
import { bundleIsSmall } from './bundle.mjs';
import { add, empty } from './result.mjs';

const bin = name => join(root, 'node_modules', '.bin', name);

function run(command, ...args) {
  return () => runChild(bin(command), args, { env: process.env });
}

function lockHoldsNoHost() {
  const host = readFileSync(join(root, 'yarn.lock'), 'utf8').match(
    /^.*(archiveUrl|https?:\/\/).*$/m,
  );
  if (host) {
    throw new Error(`yarn.lock names a registry: ${host[0]}`);
  }
}

const checks = [
  // All at once: the order of the members of a type in the API reports depends on it.
  ['Types', run('tsc', '--incremental', 'false', '--pretty', 'false'), '20 s'],
  ['Lint', run('backstage-cli', 'repo', 'lint'), '20 s'],
  ['Format', run('prettier', '--check', '.'), '10 s'],
  [
    'API reports',
    () => runChild('yarn', ['api-reports', '--ci'], { env: process.env }),
    '20 s',
  ],
  ['Lock file', lockHoldsNoHost],
  ['Size of the bundle', bundleIsSmall, '40 s'],
];

/** Types, lint, format, API reports, lock file, size of the bundle: each counts as one test. */
export async function staticSuite() {
  let result = empty;
  for (const [title, check, expected] of checks) {
    try {
      await step(title, { expected }, check);
      result = add(result, { ...empty, passed: 1 });
    } catch {
      result = add(result, { ...empty, failed: 1, failures: [title] });
    }
  }
  return result;
}
