import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, count, part } from '../lenient';
import { oncePerObject } from '../oncePerObject';
import { trimmed } from '../trimmed';

/** Pod templates hold environment variables; nothing of them is kept. */
export const trimDeployment = (object: KubernetesObject) =>
  trimmed(object, {
    spec: ['replicas'],
    status: ['readyReplicas', 'availableReplicas', 'conditions'],
  });

const deploymentSchema = z.object({
  spec: part({ replicas: count }),
  status: part({
    readyReplicas: count,
    availableReplicas: count,
    conditions,
  }),
});

/**
 * Reads a Deployment.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
export const readDeployment = oncePerObject(object => {
  const { spec, status } = deploymentSchema.parse(object);
  // Pods that cannot be made (quota, admission), or that do not get ready in time.
  const stuck = status.conditions.find(
    ({ type, status: is, reason }) =>
      (type === 'ReplicaFailure' && is === 'True') ||
      (type === 'Progressing' &&
        is === 'False' &&
        reason === 'ProgressDeadlineExceeded'),
  );
  return {
    kind: object.kind,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas ?? 0,
    // Kubernetes defaults to one replica.
    desired: spec.replicas ?? 1,
    stuck: stuck?.message ?? stuck?.reason,
  };
});
