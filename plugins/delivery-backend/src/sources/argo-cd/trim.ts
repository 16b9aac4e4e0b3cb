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
  const state = isObject(status.operationState) ? status.operationState : {};
  const operation = isObject(state.operation) ? state.operation : {};
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
        pick(deployment, [
          'id',
          'revision',
          'revisions',
          'deployStartedAt',
          'deployedAt',
          'initiatedBy',
        ]),
      ),
      operationState: {
        ...pick(state, ['phase', 'message', 'startedAt', 'finishedAt']),
        initiatedBy: operation.initiatedBy,
        syncResult: pick(state.syncResult, ['revision', 'revisions']),
      },
    },
  };
}
