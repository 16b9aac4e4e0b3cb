import { parseArgs } from 'node:util';
import { stopAll, stopAllOnSignal } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { StepError, duration, main } from './bootstrap/step.mjs';
import { inToolchain } from './bootstrap/toolchain.mjs';
import { givenAccess, useExistingCluster } from './portal/existingCluster.mjs';
import {
  existingClusterDirectory,
  platformDirectory,
  startLocalPlatform,
} from './portal/platform.mjs';
import { assertFree } from './portal/ports.mjs';
import { startPortal } from './portal/portal.mjs';

const help = `npm start [-- OPTION …]

Starts Backstage with the delivery plugins on http://localhost:7007.

Without options it brings its own Kubernetes: an API server, kro, Argo CD, Argo
Workflows, Argo Events, KubeVela and a Git server as processes of this machine, in
the folder .platform. The first start builds them (about 20 minutes on 2 cores);
the portal is there before that, and shows what is ready.

  --kubeconfig FILE           use an existing cluster instead, with an account that
                              may read
  --operator-kubeconfig FILE  an account of that cluster that may act; without it
                              nothing can be done on the tab
  --context NAME              context of both files (default: their current one)
  --config FILE               configuration on top of app-config.yaml and ours, such
                              as integrations and what the template needs; may be
                              given several times
  --help                      this text

docs/install.md shows how to make the two kubeconfigs (step 2), and what Create app
needs (step 4). The cluster of --kubeconfig has the name "local" (the annotation
kro.run/cluster).
`;
const PORT = 7007;

function options() {
  try {
    return parseArgs({
      options: {
        kubeconfig: { type: 'string' },
        'operator-kubeconfig': { type: 'string' },
        config: { type: 'string', multiple: true },
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

/** What the portal is like on a cluster that exists already. */
function describeCluster({ kubeconfig, operatorKubeconfig }, url, missing) {
  const lines = [`  Cluster:         ${kubeconfig}`];
  if (!operatorKubeconfig) {
    lines.push(
      '  Operations:      none on the tab, without --operator-kubeconfig',
    );
  }
  if (missing.length === 0) {
    lines.push(`  Create an app:   ${url}/create`);
  } else {
    lines.push(
      '  Create an app:   not offered. Give what is missing with --config FILE',
      '                   (docs/install.md, step 4):',
      ...missing.map(key => `                     ${key}`),
    );
  }
  return lines.join('\n');
}

async function start() {
  const { help: wantsHelp, ...given } = options();
  if (wantsHelp) {
    console.log(help);
    return;
  }
  const access = givenAccess(given);
  const started = Date.now();
  stopAllOnSignal(0);
  await assertFree([PORT]);
  try {
    let configs;
    let describe;
    const directory = access.kubeconfig
      ? existingClusterDirectory
      : platformDirectory;
    if (access.kubeconfig) {
      await ensureDependencies(process.env);
      const existing = await useExistingCluster({ directory, ...access });
      configs = existing.configs;
      describe = url => describeCluster(access, url, existing.missing);
    } else {
      const platform = await startLocalPlatform(directory, line =>
        console.log(`  platform │ ${line}`),
      );
      await ensureDependencies(process.env);
      configs = [platform.config, ...access.configs];
      describe = url =>
        `  Create an app:   ${url}/create\n  Local platform:  ${url}/local-platform`;
    }
    const { url, log, child } = await startPortal({
      port: PORT,
      directory,
      configs,
      env: access.kubeconfig ? {} : { DELIVERY_PLATFORM_DIR: directory },
      onLine: showTrouble,
    });
    console.log(`
The portal answers after ${duration(Date.now() - started)}: ${url}
${describe(url)}
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
