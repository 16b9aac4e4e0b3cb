import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import type { WatchedKind } from '../source';
import { trimmed } from '../trimmed';

/** Kinds that ResourceGraphDefinitions of the golden path define. */
export const instanceKinds: readonly WatchedKind[] = [
  {
    group: 'kro.run',
    kind: 'CICDPipeline',
    trim: trimInstance,
    place: 'pipeline',
    feeds: ['pipeline'],
  },
];

/**
 * The kind that a ResourceGraphDefinition defines, by the convention that its name
 * is the kind in lower case and the group, for example `cicdpipeline.kro.run`.
 */
export function instanceKindOf(resourceGroup: string): WatchedKind | undefined {
  return instanceKinds.find(kind => resourceGroupOf(kind) === resourceGroup);
}

/** Name of the ResourceGraphDefinition of a kind, by the same convention. */
export function resourceGroupOf(kind: WatchedKind): string {
  return `${kind.kind.toLowerCase()}.${kind.group}`;
}

function trimInstance(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  return {
    ...trimmed(object, { status: ['state', 'conditions'] }),
    spec: {
      name: spec.name,
      application: isObject(spec.application)
        ? { name: spec.application.name }
        : undefined,
      environments: isObject(spec.environments)
        ? Object.fromEntries(
            Object.keys(spec.environments).map(name => [name, {}]),
          )
        : undefined,
    },
  };
}
