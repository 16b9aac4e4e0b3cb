import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import { kubernetesIdOf } from '../kubernetesId';
import { conditions, count, isObject, listOf, part } from '../lenient';
import { oncePerObject } from '../oncePerObject';
import { podSelector } from '../podSelector';
import { imagesOf } from '../podTemplate';
import { pick, trimmed } from '../trimmed';

/** Pod templates hold environment variables; nothing but the images is kept of them. */
export function trimWorkload(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  return {
    ...trimmed(object, {
      status: [
        'observedGeneration',
        'replicas',
        'updatedReplicas',
        'readyReplicas',
        'availableReplicas',
        'desiredNumberScheduled',
        'updatedNumberScheduled',
        'numberReady',
        'numberAvailable',
        'conditions',
      ],
    }),
    spec: {
      ...pick(spec, ['replicas', 'selector']),
      images: imagesOf(spec.template),
    },
  };
}

const workloadSchema = z.object({
  metadata: part({ generation: count }),
  spec: part({
    replicas: count,
    selector: podSelector,
    images: listOf(z.string()),
  }),
  status: part({
    observedGeneration: count,
    replicas: count,
    updatedReplicas: count,
    readyReplicas: count,
    availableReplicas: count,
    desiredNumberScheduled: count,
    updatedNumberScheduled: count,
    numberReady: count,
    numberAvailable: count,
    conditions,
  }),
});

/**
 * Reads a Deployment, StatefulSet or DaemonSet.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
 */
export const readWorkload = oncePerObject(object => {
  const { metadata, spec, status } = workloadSchema.parse(object);
  // Pods that cannot be made (quota, admission), or that do not get ready in time.
  const stuck = status.conditions.find(
    ({ type, status: is, reason }) =>
      (type === 'ReplicaFailure' && is === 'True') ||
      (type === 'Progressing' &&
        is === 'False' &&
        reason === 'ProgressDeadlineExceeded'),
  );
  const { ready, available, updated, existing, desired } =
    object.kind === 'DaemonSet'
      ? {
          ready: status.numberReady ?? 0,
          available: status.numberAvailable ?? 0,
          updated: status.updatedNumberScheduled ?? 0,
          existing: status.desiredNumberScheduled ?? 0,
          desired: status.desiredNumberScheduled ?? 0,
        }
      : {
          ready: status.readyReplicas ?? 0,
          available: status.availableReplicas ?? 0,
          updated: status.updatedReplicas ?? 0,
          existing: status.replicas ?? 0,
          // Kubernetes defaults to one replica.
          desired: spec.replicas ?? 1,
        };
  return {
    kind: object.kind,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    ready,
    available,
    desired,
    // Nothing of an older version is left, and nothing of this one is still to come.
    rolledOut:
      (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
      updated >= desired &&
      existing <= updated,
    images: spec.images,
    selector: spec.selector,
    kubernetesId: kubernetesIdOf(object),
    stuck: stuck?.message ?? stuck?.reason,
  };
});
