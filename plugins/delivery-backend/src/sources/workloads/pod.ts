import type { PodProblem } from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import { entryOf } from '../../delivery/entryOf';
import type { KubernetesObject } from '../../kubernetes/types';
import {
  conditions,
  count,
  flag,
  listOf,
  moment,
  part,
  text,
} from '../lenient';

const exit = part({
  exitCode: z.int().optional().catch(undefined),
  reason: text,
  message: text,
  finishedAt: moment,
});

const containerStatuses = listOf(
  z.object({
    name: z.string(),
    ready: flag,
    restartCount: count,
    state: part({
      waiting: part({ reason: text, message: text }),
      terminated: exit,
    }),
    lastState: part({ terminated: exit }),
  }),
);

const podSchema = z.object({
  status: part({
    phase: text,
    reason: text,
    message: text,
    conditions,
    initContainerStatuses: containerStatuses,
    containerStatuses,
  }),
});

type ContainerStatus = z.infer<typeof containerStatuses>[number];
type Trouble = Pick<
  PodProblem,
  'trouble' | 'reason' | 'message' | 'exitCode' | 'since'
>;

/**
 * Why a container waits.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/images/types.go
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/container/sync_result.go
 */
const WAITING: Record<string, PodProblem['trouble']> = {
  ImagePullBackOff: 'image-pull',
  ErrImagePull: 'image-pull',
  ErrImageNeverPull: 'image-pull',
  ImageInspectError: 'image-pull',
  InvalidImageName: 'image-pull',
  RegistryUnavailable: 'image-pull',
  SignatureValidationFailed: 'image-pull',
  CreateContainerConfigError: 'configuration',
  CreateContainerError: 'configuration',
  RunContainerError: 'configuration',
  PreCreateHookError: 'configuration',
  PostStartHookError: 'configuration',
  CrashLoopBackOff: 'crash-loop',
};

/**
 * What is wrong with a pod.
 *
 * @returns `undefined` for one that is ready, done or on its way out
 */
export function readPodProblem(
  object: KubernetesObject,
): PodProblem | undefined {
  const { status } = podSchema.parse(object);
  const { name: pod, namespace = '', deletionTimestamp } = object.metadata;
  if (deletionTimestamp || status.phase === 'Succeeded') {
    return undefined;
  }
  for (const container of [
    ...status.initContainerStatuses,
    ...status.containerStatuses,
  ]) {
    const trouble = troubleOf(container);
    if (trouble) {
      const restarts = container.restartCount ?? 0;
      return {
        pod,
        namespace,
        container: container.name,
        restarts,
        ...trouble,
      };
    }
  }
  const whole = troubleOfPod(status);
  const restarts = status.containerStatuses.reduce(
    (sum, { restartCount }) => sum + (restartCount ?? 0),
    0,
  );
  return whole && { pod, namespace, restarts, ...whole };
}

function troubleOf(container: ContainerStatus): Trouble | undefined {
  const { waiting, terminated } = container.state;
  const last = container.lastState.terminated;
  const waits = entryOf(WAITING, waiting.reason);
  if (waits === 'crash-loop') {
    return {
      ...exitOf(last, 'crash-loop'),
      reason: last.reason === 'OOMKilled' ? last.reason : waiting.reason,
      message: last.message || waiting.message || undefined,
    };
  }
  if (waits) {
    return {
      trouble: waits,
      reason: waiting.reason,
      message: waiting.message || undefined,
    };
  }
  if (terminated.exitCode) {
    return exitOf(terminated, 'failed');
  }
  // It runs again, but is not ready: its end may come again.
  return container.ready === false && last.exitCode
    ? exitOf(last, 'crash-loop')
    : undefined;
}

function exitOf(
  { exitCode, reason, message, finishedAt }: z.infer<typeof exit>,
  otherwise: PodProblem['trouble'],
): Trouble {
  return {
    trouble: reason === 'OOMKilled' ? 'out-of-memory' : otherwise,
    reason: reason || undefined,
    message: message || undefined,
    exitCode,
    since: finishedAt,
  };
}

function troubleOfPod(
  status: z.infer<typeof podSchema>['status'],
): Trouble | undefined {
  const condition = (type: string) =>
    status.conditions.find(
      each => each.type === type && each.status === 'False',
    );
  if (status.phase === 'Failed') {
    return {
      trouble: status.reason === 'Evicted' ? 'evicted' : 'failed',
      reason: status.reason || undefined,
      message: status.message || undefined,
    };
  }
  const scheduled = condition('PodScheduled');
  if (scheduled?.reason === 'Unschedulable') {
    const { reason, message, since } = scheduled;
    return { trouble: 'unschedulable', reason, message, since };
  }
  const ready = condition('Ready');
  return (
    ready && {
      trouble: 'not-ready',
      reason: ready.reason,
      message: ready.message,
      since: ready.since,
    }
  );
}
