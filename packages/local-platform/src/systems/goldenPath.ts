import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';
import { repositoryFolder } from '../programs/location.ts';
import type { System } from './System.ts';

/** Folders of `platform/`, in the order in which they build on each other. */
const FOLDERS = ['crds', 'rbac', 'kro', 'kubevela', 'argo-cd'];
const ACCEPTED_MS = 180_000;

interface GraphStatus {
  state?: string;
  conditions?: {
    type: string;
    status: string;
    message?: string;
    observedGeneration?: number;
  }[];
}

/** Why kro does not accept a graph, as far as it has said; nothing when it does accept this very version. */
export function refusal(graph: KubernetesObject): string | undefined {
  const { generation } = graph.metadata;
  const { state, conditions = [] } = (graph.status ?? {}) as GraphStatus;
  const current = conditions.every(
    ({ observedGeneration = generation }) => observedGeneration === generation,
  );
  if (state === 'Active' && current) {
    return undefined;
  }
  const trouble = conditions.find(
    ({ status, message }) => status === 'False' && message,
  );
  return `kro has not accepted ${graph.metadata.name} yet${
    trouble && current ? `: ${trouble.message}` : ''
  }`;
}

/**
 * Applies everything in `platform/` and waits until kro accepts the graphs.
 *
 * @throws when an object is refused, with the reason
 */
export async function applyGoldenPath(
  cluster: Cluster,
  options: { say: (message: string) => void; signal?: AbortSignal },
): Promise<void> {
  const { say, signal } = options;
  const { readManifestFolder } = await import('../cluster/manifests.ts');
  const manifests = FOLDERS.flatMap(folder =>
    readManifestFolder(join(repositoryFolder, 'platform', folder)),
  );
  await cluster.apply(manifests, 'golden-path');
  const deadline = Date.now() + ACCEPTED_MS;
  for (const manifest of manifests) {
    if (manifest.kind !== 'ResourceGraphDefinition') {
      continue;
    }
    for (;;) {
      const graph = await cluster.read(manifest);
      const sentence = graph ? refusal(graph) : 'The graph was deleted';
      if (sentence === undefined) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error(sentence);
      }
      say(sentence);
      await delay(500, undefined, { signal });
    }
  }
}

/** What a platform team installs: everything in `platform/`. */
export const goldenPath: System = {
  name: 'golden-path',
  title: 'Golden path definitions',
  programs: [],
  after: ['kro', 'kubernetes-controllers'],
  expectedSeconds: 5,
  async start({ cluster, kinds, say, signal }) {
    const api = await cluster();
    await kinds();
    await applyGoldenPath(api, { say, signal });
  },
};
