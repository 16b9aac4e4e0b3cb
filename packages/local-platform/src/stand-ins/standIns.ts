import { join } from 'node:path';
import { packageFolder } from '../programs/location.ts';
import { answers } from '../processes/readiness.ts';
import type { System } from '../systems/System.ts';
import { FAILURES_NAMESPACE } from './failures.ts';

/**
 * Everything that is played because no container and no AWS is there: see the list in the package's README. The rest of the
 * platform is the real thing.
 */
export const standIns: System = {
  name: 'stand-ins',
  title: 'Stand-ins for containers and AWS',
  programs: ['webhook-to-workflow'],
  after: ['kubernetes'],
  expectedSeconds: 3,
  async prepare({ manifests, cluster }) {
    const { readManifestFolder } = await manifests();
    const api = await cluster();
    await api.applyDefinitions(
      readManifestFolder(join(packageFolder, 'src/stand-ins/crds')),
    );
    await api.apply(
      [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: FAILURES_NAMESPACE },
        },
      ],
      'local-platform',
    );
  },
  async start({ folder, state, cluster, program, run, signal, warn }) {
    const { playAws } = await import('./aws.ts');
    const { playGitCredentials } = await import('./gitCredentials.ts');
    const { playSteps } = await import('./playSteps.ts');
    const api = await cluster();
    const address = `127.0.0.1:${state.ports.webhooks}`;
    const common = {
      cluster: api,
      signal,
      onError: (error: unknown) =>
        warn(error instanceof Error ? error.message : String(error)),
    };
    // These need no program of their own: they play while the receiver of webhooks is still being built.
    playAws(common);
    playGitCredentials({ ...common, credentials: state.git });
    playSteps({
      ...common,
      logs: folder.data('steps'),
      webhooks: `http://${address}`,
    });
    const commands = join(folder.data('webhooks'), 'bin');
    await run({
      name: 'webhook-to-workflow',
      program: await program('webhook-to-workflow'),
      args: [`--address=${address}`, `--commands=${commands}`],
      env: {
        KUBECONFIG: folder.kubeconfig,
        PATH: `${commands}:${process.env.PATH}`,
      },
      ready: answers(`http://${address}/healthz`),
    });
  },
};
