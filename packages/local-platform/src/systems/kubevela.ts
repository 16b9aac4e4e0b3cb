import { join } from 'node:path';
import { answers } from '../processes/readiness.ts';
import type { System } from './System.ts';

export const kubevela: System = {
  name: 'kubevela',
  title: 'KubeVela',
  programs: ['vela-core'],
  after: ['kubernetes'],
  expectedSeconds: 6,
  async prepare({ manifests, cluster, source }) {
    const { readManifestFolder } = await manifests();
    const folder = await source('vela-core', 'github.com/oam-dev/kubevela');
    const api = await cluster();
    await api.applyDefinitions(
      readManifestFolder(join(folder, 'charts/vela-core/crds')),
    );
    await api.apply(
      [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'vela-system' },
        },
      ],
      'local-platform',
    );
  },
  async start({ folder, state, program, run }) {
    const health = `127.0.0.1:${state.ports.kubevelaHealth}`;
    await run({
      name: 'vela-core',
      program: await program('vela-core'),
      args: [
        `--metrics-addr=127.0.0.1:${state.ports.kubevelaMetrics}`,
        `--health-addr=${health}`,
        '--use-webhook=false',
      ],
      // It ignores the flag.
      env: { KUBECONFIG: folder.kubeconfig },
      ready: answers(`http://${health}/healthz`),
    });
  },
};
