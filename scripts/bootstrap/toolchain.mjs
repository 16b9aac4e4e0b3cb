import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.mjs';
import { root } from './root.mjs';
import { step } from './step.mjs';

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.18.1';
const MARK = 'GOLDEN_PATH_TOOLCHAIN';
const folder = join(root, '.toolchain');
const bin = join(folder, 'node_modules', '.bin');

/** npm package with Node's binary for this machine. */
function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${platform}-${process.arch}`;
}

function versionOf(program) {
  try {
    return execFileSync(join(bin, program), ['--version'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    })
      .trim()
      .replace(/^v/, '');
  } catch {
    return undefined;
  }
}

function environment() {
  const registry = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    cwd: root,
  }).trim();
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    YARN_ENABLE_TELEMETRY: '0',
    // Yarn does not read .npmrc; a mirror that npm uses must serve Yarn too.
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/+$/, ''),
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    [MARK]: NODE_VERSION,
  };
}

/** Brings Node and Yarn, as pinned npm packages in `.toolchain`. */
async function ensureToolchain() {
  if (existsSync(bin) && versionOf('yarn') === YARN_VERSION) {
    return;
  }
  await step(
    `Node ${NODE_VERSION} and Yarn ${YARN_VERSION}`,
    {
      expected: '10 s',
      hint: 'check that `npm ping` works; without access to the registry npm needs a mirror in its "registry" setting',
    },
    async () => {
      await runChild(
        'npm',
        [
          'install',
          '--prefix',
          folder,
          '--no-save',
          '--no-package-lock',
          '--no-audit',
          '--no-fund',
          `${nodePackage()}@${NODE_VERSION}`,
          `@yarnpkg/cli-dist@${YARN_VERSION}`,
        ],
        { env: process.env },
      );
      if (versionOf('node') !== NODE_VERSION) {
        throw new Error(
          `${nodePackage()}@${NODE_VERSION} does not run on this machine`,
        );
      }
    },
  );
}

/**
 * Runs `work` in the Node release that Backstage supports, whatever Node started
 * the script: brings the toolchain first and starts the script in it again.
 */
export async function inToolchain(script, work) {
  if (process.env[MARK]) {
    await import('./followParent.cjs');
    await work();
    return;
  }
  await ensureToolchain();
  const child = spawn(
    join(bin, 'node'),
    [fileURLToPath(script), ...process.argv.slice(2)],
    { stdio: 'inherit', env: environment() },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise(resolve =>
    child.on('exit', (code, signal) => resolve(signal ? 1 : code)),
  );
}
