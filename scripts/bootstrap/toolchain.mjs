import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.mjs';
import { NODE_VERSION, chooseNode } from './chooseNode.mjs';
import { root } from './root.mjs';
import { step } from './step.mjs';

const YARN_VERSION = '4.18.1';
const MARK = 'GOLDEN_PATH_TOOLCHAIN';
const folder = join(root, '.toolchain');
const bin = join(folder, 'node_modules', '.bin');

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
    [MARK]: 'yes',
  };
}

/** Brings Node and Yarn in `.toolchain`, as pinned npm packages, or the running Node as a link. */
async function ensureToolchain() {
  const running = process.version.slice(1);
  const npmPackage = chooseNode({
    platform: process.platform,
    arch: process.arch,
    version: running,
  });
  const nodeVersion = npmPackage ? NODE_VERSION : running;
  const isComplete = () =>
    versionOf('yarn') === YARN_VERSION && versionOf('node') === nodeVersion;
  if (existsSync(bin) && isComplete()) {
    return;
  }
  await step(
    `Node ${nodeVersion} and Yarn ${YARN_VERSION}`,
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
          ...(npmPackage ? [`${npmPackage}@${NODE_VERSION}`] : []),
          `@yarnpkg/cli-dist@${YARN_VERSION}`,
        ],
        { env: process.env },
      );
      if (!npmPackage) {
        // What is started from here finds the same Node, whichever comes first on the PATH.
        rmSync(join(bin, 'node'), { force: true });
        symlinkSync(process.execPath, join(bin, 'node'));
      }
      if (!isComplete()) {
        throw new Error(
          `Node ${nodeVersion} and Yarn ${YARN_VERSION} do not run on this machine`,
        );
      }
    },
  );
}

/**
 * Runs `work` in a Node release that Backstage supports (`chooseNode`): brings the
 * toolchain first and starts the script in it again.
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
