import { setTimeout as delay } from 'node:timers/promises';
import { Watch, type KubeConfig } from '@kubernetes/client-node';
import type { KubernetesObject } from './manifests.ts';

const PAUSE_MS = 500;

/**
 * Watches from the beginning, again and again: a watch without a version first tells all that is there, so nothing is
 * missed however it ended. For callbacks that judge an object by what it says, not by what has changed.
 */
export async function follow(
  config: KubeConfig,
  path: string,
  options: {
    labelSelector?: string;
    signal: AbortSignal;
    onObject: (object: KubernetesObject) => void;
  },
): Promise<void> {
  const { labelSelector, signal, onObject } = options;
  while (!signal.aborted) {
    await new Promise<void>(resolve => {
      new Watch(config)
        .watch(
          path,
          { labelSelector },
          (phase: string, object: KubernetesObject) => {
            if (phase === 'ADDED' || phase === 'MODIFIED') {
              onObject(object);
            }
          },
          () => resolve(),
        )
        .then(controller => {
          if (signal.aborted) {
            controller.abort();
          }
          signal.addEventListener('abort', () => controller.abort(), {
            once: true,
          });
        }, resolve);
    });
    await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
