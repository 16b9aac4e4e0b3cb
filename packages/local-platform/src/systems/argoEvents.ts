import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files.ts';
import { answers } from '../processes/readiness.ts';
import type { System } from './System.ts';

const MODULE = 'github.com/argoproj/argo-events';

/** Image of EventSource and Sensor pods. It is never pulled: no container runs here. */
const IMAGE = 'quay.io/argoproj/argo-events:v1.9.7';

export const argoEvents: System = {
  name: 'argo-events',
  title: 'Argo Events',
  programs: ['events-controller'],
  after: ['kubernetes'],
  expectedSeconds: 4,
  async prepare({ manifests, cluster, source }) {
    const { readManifestFolder } = await manifests();
    const folder = await source('events-controller', MODULE);
    await (
      await cluster()
    ).applyDefinitions(readManifestFolder(join(folder, 'manifests/base/crds')));
  },
  async start({ manifests, folder, state, program, source, run }) {
    const { readManifests } = await manifests();
    const [shipped] = readManifests(
      join(
        await source('events-controller', MODULE),
        'manifests/base/controller-manager/controller-config.yaml',
      ),
    );
    const data = shipped.data as Record<string, string>;
    mkdirSync(folder.data('argo-events'), { recursive: true });
    const settings = join(folder.data('argo-events'), 'controller-config.yaml');
    writeWhole(settings, data['controller-config.yaml']);
    const health = `127.0.0.1:${state.ports.eventsController}`;
    await run({
      name: 'events-controller',
      program: await program('events-controller'),
      args: [
        `--kubeconfig=${folder.kubeconfig}`,
        `--health-address=${health}`,
        `--image=${IMAGE}`,
        `--settings=${settings}`,
      ],
      ready: answers(`http://${health}/healthz`),
    });
  },
};
