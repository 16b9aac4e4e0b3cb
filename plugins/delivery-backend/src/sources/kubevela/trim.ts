import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { pick, trimmed } from '../trimmed';

/**
 * Properties of components hold environment variables and the like; of them only the
 * image is kept, under the name that the platform's component definitions give it.
 */
export function trimOamApplication(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const components = Array.isArray(spec.components) ? spec.components : [];
  const status = isObject(object.status) ? object.status : {};
  const workflow = isObject(status.workflow) ? status.workflow : {};
  return {
    ...trimmed(object, {}),
    spec: {
      components: components.filter(isObject).map(component => ({
        name: component.name,
        properties: pick(component.properties, ['image']),
      })),
    },
    status: {
      ...pick(status, [
        'status',
        'observedGeneration',
        'conditions',
        'services',
        'appliedResources',
      ]),
      latestRevision: pick(status.latestRevision, ['name']),
      workflow: pick(workflow, ['status', 'steps', 'message']),
    },
  };
}
