import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../programs/location.ts';
import type { System } from './System.ts';

/** Folders of `platform/`, in the order in which they build on each other. */
const FOLDERS = ['crds', 'rbac', 'kro', 'kubevela', 'argo-cd'];
const ACCEPTED_MS = 60_000;

interface GraphStatus {
  state?: string;
  conditions?: { type: string; status: string; message?: string }[];
}

/** What a platform team installs: everything in `platform/`. */
export const goldenPath: System = {
  name: 'golden-path',
  title: 'Golden path definitions',
  programs: [],
  after: ['kro', 'kubernetes-controllers'],
  expectedSeconds: 5,
  async start({ cluster, kinds, say, signal }) {
    const { readManifestFolder } = await import('../cluster/manifests.ts');
    const api = await cluster();
    await kinds();
    const manifests = FOLDERS.flatMap(folder =>
      readManifestFolder(join(repositoryFolder, 'platform', folder)),
    );
    await api.apply(manifests, 'golden-path');
    const graphs = manifests.filter(
      ({ kind }) => kind === 'ResourceGraphDefinition',
    );
    const deadline = Date.now() + ACCEPTED_MS;
    for (const graph of graphs) {
      for (;;) {
        const status = (await api.read(graph))?.status as
          | GraphStatus
          | undefined;
        if (status?.state === 'Active') {
          break;
        }
        const trouble = status?.conditions?.find(
          ({ status: value, message }) => value === 'False' && message,
        );
        const sentence = `kro has not accepted ${graph.metadata.name} yet${
          trouble ? `: ${trouble.message}` : ''
        }`;
        if (Date.now() > deadline) {
          throw new Error(sentence);
        }
        say(sentence);
        await delay(500, undefined, { signal });
      }
    }
  },
};
