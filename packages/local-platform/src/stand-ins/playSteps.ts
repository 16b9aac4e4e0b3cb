import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';
import { stepEnvironment } from './environment.ts';
import { failingSteps, failureOf } from './failures.ts';
import { endedStatus } from './podEnd.ts';
import { openStepLog } from './stepLog.ts';
import { PLAYED_STEPS, StepFailure, UNKNOWN_STEP } from './steps.ts';

const WORKFLOW_LABEL = 'workflows.argoproj.io/workflow';
const NODE_NAME = 'workflows.argoproj.io/node-name';

export interface StepsOptions {
  cluster: Cluster;
  /** Folder for the logs of the steps. */
  logs: string;
  webhooks: string;
  signal: AbortSignal;
  onError: (error: unknown) => void;
}

/** Name of the step that a pod of Argo Workflows runs: the last part of `<workflow>.<step>`, without its attempt. */
export function stepName(pod: KubernetesObject): string {
  const node = pod.metadata.annotations?.[NODE_NAME] ?? '';
  return node.slice(node.lastIndexOf('.') + 1).replace(/\(\d+\)$/, '');
}

async function playPod(
  pod: KubernetesObject,
  options: StepsOptions,
): Promise<void> {
  const { cluster, webhooks, signal } = options;
  const step = stepName(pod);
  const played = PLAYED_STEPS[step] ?? UNKNOWN_STEP;
  const say = await openStepLog(cluster, options.logs, pod);
  let failure: string | undefined;
  try {
    const env = await stepEnvironment(cluster, pod);
    await delay(played.seconds * 1_000, undefined, { signal });
    const told = failureOf(
      await failingSteps(cluster),
      step,
      env.APPLICATION_NAME,
    );
    if (told) {
      throw new StepFailure(told.message);
    }
    await played.play({ env, cluster, webhooks, say });
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    failure = error instanceof Error ? error.message : String(error);
    say(failure);
    if (!(error instanceof StepFailure)) {
      options.onError(error);
    }
  }
  await cluster.patchStatus(
    { ...pod, apiVersion: 'v1', kind: 'Pod' },
    endedStatus(pod, failure, new Date()),
  );
}

/** Plays the containers of workflow steps: their effects, their logs and their end. */
export function playSteps(options: StepsOptions): void {
  const { cluster, signal, onError } = options;
  const playing = new Set<string>();
  void cluster.follow('/api/v1/pods', {
    labelSelector: WORKFLOW_LABEL,
    signal,
    onObject: pod => {
      const { uid = '', deletionTimestamp } = pod.metadata;
      const { phase } = (pod.status ?? {}) as { phase?: string };
      if (phase !== 'Running' || deletionTimestamp || playing.has(uid)) {
        return;
      }
      playing.add(uid);
      void playPod(pod, options)
        .catch(onError)
        .finally(() => playing.delete(uid));
    },
  });
}
