import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';
import { MAIN_CONTAINER } from './environment.ts';

/** A line as the kubelet stores it: time, stream, full or partial, text. */
export function logLine(text: string, now: Date): string {
  return `${now.toISOString().replace('Z', '000000Z')} stdout F ${text}\n`;
}

/** Opens the log of a played step; KWOK serves it as the log of the pod. */
export async function openStepLog(
  cluster: Cluster,
  folder: string,
  pod: KubernetesObject,
): Promise<(line: string) => void> {
  mkdirSync(folder, { recursive: true });
  const { name, namespace, uid = '' } = pod.metadata;
  const file = join(folder, `${uid}.log`);
  const say = (line: string) => appendFileSync(file, logLine(line, new Date()));
  appendFileSync(file, '');
  await cluster.apply(
    [
      {
        apiVersion: 'kwok.x-k8s.io/v1alpha1',
        kind: 'Logs',
        metadata: {
          name,
          namespace,
          ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }],
        },
        spec: {
          logs: [
            { containers: [MAIN_CONTAINER], logsFile: file, follow: true },
          ],
        },
      },
    ],
    'local-platform',
  );
  return say;
}
