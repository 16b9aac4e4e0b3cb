import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { pick } from '../trimmed';

/** Environment, arguments and commands of containers are in the specification: none of it is kept. */
export function trimPod(object: KubernetesObject): KubernetesObject {
  const status = isObject(object.status) ? object.status : {};
  // Annotations of pods carry whole configurations of sidecars.
  const { annotations: _, ...metadata } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata,
    status: {
      ...pick(status, ['phase', 'reason', 'message', 'conditions']),
      initContainerStatuses: trimContainers(status.initContainerStatuses),
      containerStatuses: trimContainers(status.containerStatuses),
    },
  };
}

function trimContainers(statuses: unknown) {
  return (Array.isArray(statuses) ? statuses : []).map(status => {
    const { state, lastState } = isObject(status) ? status : {};
    return {
      ...pick(status, ['name', 'ready', 'restartCount']),
      state: trimState(state),
      lastState: trimState(lastState),
    };
  });
}

function trimState(state: unknown) {
  const { waiting, terminated } = isObject(state) ? state : {};
  return {
    waiting: pick(waiting, ['reason', 'message']),
    terminated: pick(terminated, [
      'exitCode',
      'reason',
      'message',
      'finishedAt',
    ]),
  };
}
