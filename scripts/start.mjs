import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { root } from './bootstrap/root.mjs';
import { StepError, duration, main, step } from './bootstrap/step.mjs';
import { inToolchain } from './bootstrap/toolchain.mjs';
import {
  platformDirectory,
  startLocalPlatform,
  useExistingCluster,
} from './portal/platform.mjs';
import { assertFree } from './portal/ports.mjs';
import { waitForAnswer } from './portal/wait.mjs';

const help = `npm start [-- --kubeconfig FILE [--context NAME]]

Starts Backstage with the delivery plugins on http://localhost:3000.

Without options it brings its own Kubernetes: an API server, kro, Argo CD, Argo
Workflows, Argo Events, KubeVela and a Git server as processes of this machine, in
the folder .platform. The first start builds them (about 25 minutes on 2 cores);
the portal is there before that, and shows what is ready.

  --kubeconfig FILE  use an existing cluster instead
  --context NAME     context of that file (default: its current one)
  --help             this text
`;
const FRONTEND = 'http://localhost:3000';
const FRONTEND_ADDRESS = 'http://127.0.0.1:3000';
const BACKEND = 'http://127.0.0.1:7007';
const STARTUP_MS = 300_000;

function options() {
  try {
    return parseArgs({
      options: {
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new StepError(error.message, 'npm start -- --help shows the options');
  }
}

function startPortal(config, usesLocalPlatform) {
  const log = join(root, '.platform', 'logs', 'backstage.log');
  const child = startChild(
    join(root, 'node_modules/.bin/backstage-cli'),
    [
      'repo',
      'start',
      '--config',
      join(root, 'app-config.yaml'),
      '--config',
      config,
    ],
    {
      env: {
        ...process.env,
        BROWSER: 'none',
        NODE_ENV: 'development',
        ...(usesLocalPlatform && { DELIVERY_PLATFORM_DIR: platformDirectory }),
      },
      log,
      onLine: line => {
        if (/ (error|warn) |^Error|ERROR in/i.test(line)) {
          console.log(`  backstage │ ${line}`);
        }
      },
    },
  );
  return { child, log };
}

async function start() {
  const { kubeconfig, context, help: wantsHelp } = options();
  if (wantsHelp) {
    console.log(help);
    return;
  }
  const started = Date.now();
  const children = [];
  let stopping = false;
  const stop = async code => {
    if (stopping) {
      return;
    }
    stopping = true;
    console.log('\nStopping …');
    await Promise.all(children.map(child => child.stop()));
    process.exit(code);
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  process.on('SIGHUP', () => stop(0));

  await assertFree([3000, 7007]);
  try {
    let config;
    if (kubeconfig) {
      config = await useExistingCluster(kubeconfig, context);
    } else {
      const platform = await startLocalPlatform(platformDirectory, line =>
        console.log(`  platform │ ${line}`),
      );
      children.push(platform.child);
      config = platform.config;
    }
    await ensureDependencies(process.env);
    const { child, log } = await step(
      'Portal',
      {
        expected: '1 min the first time, then 20 s',
        hint: `read ${join('.platform', 'logs', 'backstage.log')}`,
      },
      async () => {
        const portal = startPortal(config, !kubeconfig);
        children.push(portal.child);
        await waitForAnswer(
          `${BACKEND}/.backstage/health/v1/readiness`,
          portal.child,
          STARTUP_MS,
        );
        await waitForAnswer(FRONTEND_ADDRESS, portal.child, STARTUP_MS);
        return portal;
      },
    );
    console.log(`
The portal answers after ${duration(Date.now() - started)}: ${FRONTEND}
  Create an app:   ${FRONTEND}/create
  ${
    kubeconfig
      ? `Cluster:         ${kubeconfig}`
      : `Local platform:  ${FRONTEND}/local-platform`
  }
  Log:             ${existsSync(log) ? log : ''}
Ctrl-C ends everything.
`);
    const code = await child.exited;
    console.error(`Backstage ended with ${code}:\n${child.tail()}`);
    await stop(1);
  } catch (error) {
    await Promise.all(children.map(child => child.stop()));
    throw error;
  }
}

await main(() => inToolchain(import.meta.url, start));
