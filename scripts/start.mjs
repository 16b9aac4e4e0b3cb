import { parseArgs } from 'node:util';
import { stopAll, stopAllOnSignal } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { StepError, duration, main } from './bootstrap/step.mjs';
import { inToolchain } from './bootstrap/toolchain.mjs';
import {
  platformDirectory,
  startLocalPlatform,
  useExistingCluster,
} from './portal/platform.mjs';
import { assertFree } from './portal/ports.mjs';
import { startPortal } from './portal/portal.mjs';

const help = `npm start [-- --kubeconfig FILE [--context NAME]]

Starts Backstage with the delivery plugins on http://localhost:7007.

Without options it brings its own Kubernetes: an API server, kro, Argo CD, Argo
Workflows, Argo Events, KubeVela and a Git server as processes of this machine, in
the folder .platform. The first start builds them (about 40 minutes on 2 cores);
the portal is there before that, and shows what is ready.

  --kubeconfig FILE  use an existing cluster instead
  --context NAME     context of that file (default: its current one)
  --help             this text
`;
const PORT = 7007;

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

const showTrouble = line => {
  if (/(error|warn)\S* |^Error|ERROR in/i.test(line)) {
    console.log(`  backstage │ ${line}`);
  }
};

async function start() {
  const { kubeconfig, context, help: wantsHelp } = options();
  if (wantsHelp) {
    console.log(help);
    return;
  }
  const started = Date.now();
  stopAllOnSignal(0);
  await assertFree([PORT]);
  try {
    const configs = [];
    if (kubeconfig) {
      configs.push(await useExistingCluster(kubeconfig, context));
    } else {
      const platform = await startLocalPlatform(platformDirectory, line =>
        console.log(`  platform │ ${line}`),
      );
      configs.push(platform.config);
    }
    await ensureDependencies(process.env);
    const { url, log, child } = await startPortal({
      port: PORT,
      directory: platformDirectory,
      configs,
      env: kubeconfig ? {} : { DELIVERY_PLATFORM_DIR: platformDirectory },
      onLine: showTrouble,
    });
    console.log(`
The portal answers after ${duration(Date.now() - started)}: ${url}
  Create an app:   ${url}/create
  ${
    kubeconfig
      ? `Cluster:         ${kubeconfig}`
      : `Local platform:  ${url}/local-platform`
  }
  Log:             ${log}
Ctrl-C ends everything.
`);
    const code = await child.exited;
    throw new StepError(`Backstage ended with ${code}`, `read ${log}`);
  } finally {
    await stopAll();
  }
}

await main(() => inToolchain(import.meta.url, start));
