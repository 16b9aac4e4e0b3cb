import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild, startChild } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';
import { freePort } from '../portal/ports.mjs';
import { waitForAnswer } from '../portal/wait.mjs';

const cli = join(root, 'node_modules/.bin/backstage-cli');
const STARTUP_MS = 180_000;

/** Builds the app and serves it from the backend, on a free port, as one process. */
export async function startTestPortal(platform) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const log = join(platform.directory, 'logs', 'backstage.log');
  const config = join(platform.directory, 'test.app-config.yaml');
  await writeFile(
    config,
    JSON.stringify({
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        cors: { origin: url },
      },
    }),
  );
  await step('Build of the app', { expected: '1 min' }, () =>
    runChild(cli, ['package', 'build'], {
      env: { ...process.env, NODE_ENV: 'production' },
      cwd: join(root, 'packages/app'),
      log: join(platform.directory, 'logs', 'app-build.log'),
    }),
  );
  const child = startChild(
    cli,
    [
      'package',
      'start',
      '--config',
      join(root, 'app-config.yaml'),
      '--config',
      platform.config,
      '--config',
      config,
    ],
    {
      cwd: join(root, 'packages/backend'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        DELIVERY_PLATFORM_DIR: platform.directory,
      },
      log,
    },
  );
  await step('Portal', { expected: '20 s', hint: `read ${log}` }, () =>
    waitForAnswer(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
      child,
      STARTUP_MS,
    ),
  ).catch(async error => {
    await child.stop();
    throw error;
  });
  return { url, stop: () => child.stop() };
}
