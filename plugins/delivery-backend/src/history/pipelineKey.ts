import type { Location } from '../delivery/locate';

/**
 * What history is kept under: the pipeline, not the entity, so that several entities of one
 * pipeline share its history, and an entity that is renamed keeps it.
 */
export function pipelineKey(
  location: Pick<
    Location,
    'cluster' | 'resourceGroup' | 'instanceNamespace' | 'instanceName'
  >,
): string {
  const { cluster, resourceGroup, instanceNamespace, instanceName } = location;
  return [cluster, resourceGroup, instanceNamespace, instanceName].join('/');
}
