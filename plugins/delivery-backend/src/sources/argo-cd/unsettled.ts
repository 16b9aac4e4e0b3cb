import type { UnsettledResource } from '@golden-path/plugin-delivery-common';
import type { ApplicationObject } from './schema';

/** More names would not help; the number of all is in the sentence. */
const MAXIMUM = 20;

/** Health that needs nobody. */
const FINE = [undefined, '', 'Healthy'];

/** Health that passes, and is told by the stages anyway. */
const PASSING = ['Progressing', 'Suspended'];

/**
 * Resources that differ from Git, could not be applied or are not healthy, the worst
 * first.
 *
 * @remarks
 * Health of single resources is only there with `resourceHealthSource: inline`: newer
 * versions of Argo CD keep it out of the Application by default.
 */
export function unsettledResources({
  status,
}: ApplicationObject): UnsettledResource[] {
  const found = new Map<string, UnsettledResource>();
  for (const resource of status.resources) {
    const { health, requiresPruning, ...rest } = resource;
    const differs = rest.status !== undefined && rest.status !== 'Synced';
    if (differs || !FINE.includes(health.status)) {
      found.set(keyOf(resource), {
        ...nameOf(resource),
        sync: requiresPruning ? 'RequiresPruning' : rest.status,
        health: health.status || undefined,
        message: health.message || undefined,
      });
    }
  }
  if (wasNotApplied(status.operationState.phase)) {
    for (const resource of status.operationState.syncResult.resources) {
      const failed =
        resource.status === 'SyncFailed' ||
        ['Failed', 'Error'].includes(resource.hookPhase ?? '');
      if (failed) {
        found.set(keyOf(resource), {
          ...found.get(keyOf(resource)),
          ...nameOf(resource),
          sync: resource.status || resource.hookPhase,
          message: resource.message || undefined,
        });
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => weightOf(a) - weightOf(b))
    .slice(0, MAXIMUM);
}

/** A sync that is tried again is `Running` with the result of the last attempt. */
function wasNotApplied(phase?: string) {
  return ['Failed', 'Error', 'Running'].includes(phase ?? '');
}

/** What names a resource, wherever it stands. */
type Named = Pick<UnsettledResource, 'group' | 'kind' | 'namespace' | 'name'>;

function nameOf({ group, kind, namespace, name }: Named) {
  return {
    group: group || undefined,
    kind,
    namespace: namespace || undefined,
    name,
  };
}

function keyOf({ group, kind, namespace, name }: Named): string {
  return [group ?? '', kind, namespace ?? '', name].join('/');
}

function weightOf({ sync, health }: UnsettledResource): number {
  if (['SyncFailed', 'Failed', 'Error'].includes(sync ?? '')) {
    return 0;
  }
  if (!FINE.includes(health) && !PASSING.includes(health ?? '')) {
    return 1;
  }
  return sync !== 'Synced' ? 2 : 3;
}
