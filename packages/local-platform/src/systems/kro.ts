import { join } from 'node:path';
import { answers } from '../processes/readiness.ts';
import type { System } from './System.ts';

export const kro: System = {
  name: 'kro',
  title: 'kro',
  programs: ['kro'],
  after: ['kubernetes'],
  expectedSeconds: 4,
  async prepare({ manifests, cluster, source }) {
    const { readManifestFolder } = await manifests();
    const folder = await source('kro', 'github.com/kubernetes-sigs/kro');
    await (
      await cluster()
    ).applyDefinitions(readManifestFolder(join(folder, 'helm/crds')));
  },
  async start({ folder, state, program, run }) {
    const health = `127.0.0.1:${state.ports.kroHealth}`;
    await run({
      name: 'kro',
      program: await program('kro'),
      args: [
        `--kubeconfig=${folder.kubeconfig}`,
        '--metrics-bind-address=0',
        '--zap-log-level=info',
        `--health-probe-bind-address=${health}`,
      ],
      ready: answers(`http://${health}/healthz`),
    });
  },
};
