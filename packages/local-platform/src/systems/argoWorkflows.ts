import { join } from 'node:path';
import type { System } from './System.ts';

/** Image that Argo Workflows puts next to each step. It is never pulled: no container runs here. */
const EXECUTOR_IMAGE = 'quay.io/argoproj/argoexec:v3.7.3';

export const argoWorkflows: System = {
  name: 'argo-workflows',
  title: 'Argo Workflows',
  programs: ['workflow-controller'],
  after: ['kubernetes'],
  expectedSeconds: 4,
  async prepare({ manifests, cluster, source }) {
    const { readManifestFolder } = await manifests();
    const folder = await source(
      'workflow-controller',
      'github.com/argoproj/argo-workflows/v3',
    );
    const api = await cluster();
    await api.applyDefinitions(
      readManifestFolder(join(folder, 'manifests/base/crds/minimal')),
    );
    await api.apply(
      [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argo' } },
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: 'workflow-controller-configmap',
            namespace: 'argo',
          },
          data: {
            // It would listen on every interface.
            metricsConfig: 'enabled: false\n',
          },
        },
      ],
      'local-platform',
    );
  },
  async start({ folder, program, run }) {
    await run({
      name: 'workflow-controller',
      program: await program('workflow-controller'),
      args: [
        `--kubeconfig=${folder.kubeconfig}`,
        '--namespace=argo',
        `--executor-image=${EXECUTOR_IMAGE}`,
      ],
      // How long a run rests between two looks at it; upstream's default is 10 s.
      env: { DEFAULT_REQUEUE_TIME: '1s' },
    });
  },
};
