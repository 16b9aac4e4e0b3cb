import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './child.mjs';
import { StepError, step } from './step.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function find() {
  const fromPath = process.env.PATH.split(delimiter).flatMap(folder =>
    names.map(name => join(folder, name)),
  );
  return [...fromPath, ...applications].find(path => existsSync(path));
}

function canInstall() {
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}

const hint =
  'install Chromium or Chrome (Debian: apt-get install chromium), or set CHROMIUM_PATH to one';

/**
 * Path of a Chromium for the browser tests; installs Debian's where it may.
 *
 * @throws StepError where CHROMIUM_PATH names none, or none can be installed
 */
export async function ensureChromium(env) {
  const given = env.CHROMIUM_PATH;
  if (given && !existsSync(given)) {
    throw new StepError(
      `CHROMIUM_PATH ${JSON.stringify(given)}: there is no such file`,
      'set it to the path of a Chromium, or unset it',
    );
  }
  const found = given || find();
  if (found) {
    return found;
  }
  if (!canInstall()) {
    throw new StepError('No Chromium found for the browser tests', hint);
  }
  await step('Chromium from Debian', { expected: '1 min', hint }, async () => {
    const apt = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
    await runChild('apt-get', ['update'], apt);
    await runChild(
      'apt-get',
      [
        'install',
        '-y',
        '--no-install-recommends',
        'chromium',
        'fonts-liberation',
      ],
      apt,
    );
  });
  const installed = find();
  if (!installed) {
    throw new StepError('Chromium was installed but is not found', hint);
  }
  return installed;
}
