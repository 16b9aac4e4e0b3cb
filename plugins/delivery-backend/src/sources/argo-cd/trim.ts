import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { pick } from '../trimmed';

/**
 * The sources of an Application may hold Helm values or inline manifests, and they are
 * repeated in `status.sync`, `status.history` and `status.operationState`.
 */
export function trimApplication(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const operationState = isObject(status.operationState)
    ? status.operationState
    : {};
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    spec: {
      ...pick(spec, ['destination', 'project']),
      source: isObject(spec.source) ? trimSource(spec.source) : undefined,
      sources: listIn(spec.sources).map(trimSource),
      syncPolicy: trimSyncPolicy(spec.syncPolicy),
    },
    status: {
      ...pick(status, [
        'health',
        'conditions',
        'resources',
        'summary',
        'reconciledAt',
      ]),
      sync: pick(status.sync, ['status', 'revision', 'revisions']),
      history: listIn(status.history).map(deployment =>
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
        ...pick(operationState, [
          'phase',
          'message',
          'startedAt',
          'finishedAt',
          'retryCount',
        ]),
        operation: trimOperation(operationState.operation),
        syncResult: trimSyncResult(operationState.syncResult),
      },
    },
  };
}

function trimSource(source: unknown) {
  const kept = pick(source, ['repoURL', 'path', 'chart', 'targetRevision']);
  return { ...kept, repoURL: withoutCredentials(kept.repoURL) };
}

/** `https://user:token@host/path` → `https://host/path`. */
function withoutCredentials(address: unknown): string | undefined {
  return typeof address === 'string'
    ? address.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1')
    : undefined;
}

function trimSyncPolicy(policy: unknown) {
  const { automated, retry } = isObject(policy) ? policy : {};
  return {
    automated: isObject(automated)
      ? pick(automated, ['enabled', 'selfHeal', 'prune'])
      : undefined,
    retry: pick(retry, ['limit']),
  };
}

function trimOperation(operation: unknown) {
  const { retry, initiatedBy } = isObject(operation) ? operation : {};
  return { retry: pick(retry, ['limit']), initiatedBy };
}

function trimSyncResult(result: unknown) {
  const { resources } = isObject(result) ? result : {};
  return {
    ...pick(result, ['revision', 'revisions']),
    resources: listIn(resources).map(resource =>
      pick(resource, [
        'group',
        'kind',
        'namespace',
        'name',
        'status',
        'message',
        'hookPhase',
        'hookType',
      ]),
    ),
  };
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
