import { KubernetesObject } from '../types';
import { ServedKind } from './FakeResource';

export const workflows: ServedKind = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Workflow',
  plural: 'workflows',
  namespaced: true,
};

export const deployments: ServedKind = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
};

export const definitions: ServedKind = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** Name and version of each object, sorted: equal for equal contents. */
export function contents(objects: Iterable<KubernetesObject>): string[] {
  return [...objects]
    .map(({ metadata: { namespace, name, uid, resourceVersion } }) =>
      [namespace, name, uid, resourceVersion].join('/'),
    )
    .sort();
}
