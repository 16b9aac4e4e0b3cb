import type { Source } from '../source';
import { readInstance } from './instance';
import { instanceKindOf, instanceKinds, resourceGroupOf } from './kinds';

/** kro: the instance that is the pipeline. */
export const kro: Source = {
  system: 'kro',
  kinds: instanceKinds,
  collect({ location, objects }) {
    const kind = instanceKindOf(location.resourceGroup);
    const instance =
      kind &&
      objects.get(kind, location.instanceName, location.instanceNamespace);
    return {
      pipeline: instance && readInstance(instance),
      pipelineKind: kind?.kind,
      resourceGroups: instanceKinds.map(resourceGroupOf),
    };
  },
};
