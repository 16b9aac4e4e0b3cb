import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { pick, trimmed } from '../trimmed';

/**
 * The sources of an Application may hold Helm values or inline manifests, and they are
 * repeated in `status.sync`, `status.history` and `status.operationState`.
 */
export function trimApplication(object: KubernetesObject): KubernetesObject {
  const status = isObject(object.status) ? object.status : {};
  const history = Array.isArray(status.history) ? status.history : [];
  return {
    ...trimmed(object, { spec: ['destination'] }),
    status: {
      ...pick(status, [
        'health',
        'conditions',
        'resources',
        'summary',
        'reconciledAt',
      ]),
      sync: pick(status.sync, ['status', 'revision', 'revisions']),
      history: history.map(deployment =>
        pick(deployment, ['deployStartedAt', 'deployedAt']),
      ),
      operationState: pick(status.operationState, [
        'phase',
        'message',
        'startedAt',
        'finishedAt',
      ]),
    },
  };
}
