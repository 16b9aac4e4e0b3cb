import { join } from 'node:path';
import { startChild } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/root.mjs';
import { reports } from './reports.mjs';
import { add, fromJest } from './result.mjs';

/** Runs Jest with a report and returns its counts, whatever its exit code. */
export async function runJest(command, args, name, env = {}) {
  const report = reports(`${name}.json`);
  const child = startChild(
    join(root, 'node_modules', '.bin', command),
    [...args, '--json', `--outputFile=${report}`, '--coverage=false'],
    {
      env: {
        ...process.env,
        CI: 'true',
        NODE_OPTIONS: '--no-node-snapshot --experimental-vm-modules',
        ...env,
      },
      onLine: line => {
        if (!line.startsWith('{"num')) {
          console.log(line);
        }
      },
    },
  );
  await child.exited;
  return fromJest(report);
}

/** The tests beside the code of all packages, and of these scripts. */
export async function unitSuite() {
  const scripts = await runJest(
    'jest',
    ['--config', join(root, 'scripts/test/jest.scripts.config.cjs')],
    'scripts',
  );
  const packages = await runJest(
    'backstage-cli',
    [
      'repo',
      'test',
      '--silent',
      '--maxWorkers=2',
      '--workerIdleMemoryLimit=1500M',
    ],
    'unit',
  );
  return add(scripts, packages);
}
