import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { followParent, startChild } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/root.mjs';
import { step } from '../bootstrap/step.mjs';
import { buildApp } from './buildApp.mjs';
import { waitForAnswer } from './wait.mjs';

const STARTUP_MS = 180_000;

/**
 * Serves the built frontend and the backend as one process.
 *
 * @param options.port - on this machine's loopback interface
 * @param options.directory - for logs, the database and the configuration of this portal
 * @param options.configs - configuration files on top of app-config.yaml
 * @param options.settings - further configuration
 * @param options.env - further environment
 */
export async function startPortal(options) {
  const { port, directory, configs, settings, env, onLine } = options;
  const url = `http://localhost:${port}`;
  const log = join(directory, 'logs', 'backstage.log');
  const config = join(directory, 'portal.app-config.yaml');
  const database = join(directory, 'portal-database');
  await mkdir(database, { recursive: true });
  await writeFile(
    config,
    JSON.stringify({
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        cors: { origin: url },
        database: {
          client: 'better-sqlite3',
          connection: { directory: database },
        },
      },
      ...settings,
    }),
  );
  await buildApp(join(directory, 'logs', 'app-build.log'));
  const files = [join(root, 'app-config.yaml'), ...configs, config];
  const child = startChild(
    process.execPath,
    [
      '--require',
      followParent,
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      'src/index.ts',
      ...files.flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      env: { ...process.env, NODE_ENV: 'development', ...env },
      log,
      onLine,
    },
  );
  await step('Portal', { expected: '15 s', hint: `read ${log}` }, () =>
    waitForAnswer(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
      child,
      STARTUP_MS,
    ),
  ).catch(async error => {
    await child.stop();
    throw error;
  });
  return { url, log, child };
}
