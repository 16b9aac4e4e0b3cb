import type { KindRef, KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import type { WatchedKind } from '../source';
import { pick, trimmed } from '../trimmed';
import { trimWorkload } from '../workloads/workload';
import { trimResourceGraph } from './resourceGraph';

/**
 * kro's ResourceGraphDefinition: which kinds there are, and of what their objects are
 * made. Nothing but words is lost where it may not be read.
 */
export const resourceGraphKind: WatchedKind = {
  group: 'kro.run',
  kind: 'ResourceGraphDefinition',
  trim: trimResourceGraph,
  place: 'pipeline',
  feeds: [],
};

/**
 * What kro 0.9 and later keep of each version of a ResourceGraphDefinition; the newest
 * tells when it changed last.
 */
export const graphRevisionKind: WatchedKind = {
  group: 'internal.kro.run',
  kind: 'GraphRevision',
  trim: object => trimmed(object, {}),
  place: 'pipeline',
  feeds: [],
};

/** Kinds of pipelines that are known without having read a ResourceGraphDefinition. */
export const instanceKinds: readonly WatchedKind[] = [
  instanceKind({ group: 'kro.run', kind: 'CICDPipeline' }),
];

/** The kind of a pipeline, whatever its ResourceGraphDefinition calls it. */
export function instanceKind({ group, kind }: KindRef): WatchedKind {
  return {
    group,
    kind,
    trim: trimInstance,
    place: 'pipeline',
    feeds: ['pipeline'],
  };
}

/**
 * A kind of a pipeline's parts. Of all its objects in the cluster only those that belong
 * to some pipeline are watched, and of them only how they stand. The usual role of the
 * reading account does not allow most of these kinds; kro's own words do without them.
 */
export function partKind({ group, kind }: KindRef): WatchedKind {
  return {
    group,
    kind,
    labelSelector: 'applyset.kubernetes.io/part-of',
    optional: true,
    // What instances of kro run is read from the same objects.
    trim: group === 'apps' ? trimWorkload : trimPart,
    place: 'pipeline',
    feeds: [],
  };
}

/**
 * The kind that a ResourceGraphDefinition defines, by the convention that its name
 * is the kind in lower case and the group, for example `cicdpipeline.kro.run`.
 */
export function instanceKindOf(resourceGroup: string): WatchedKind | undefined {
  return instanceKinds.find(kind => resourceGroupOf(kind) === resourceGroup);
}

/** Name of the ResourceGraphDefinition of a kind, by the same convention. */
export function resourceGroupOf(kind: KindRef): string {
  return `${kind.kind.toLowerCase()}.${kind.group}`;
}

function trimPart(object: KubernetesObject): KubernetesObject {
  return trimmed(object, {
    status: ['conditions', 'phase', 'state', 'message'],
  });
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
      // Parts of names.
      aws: pick(spec.aws, ['resourcePrefix', 'deployClusterName']),
      environments: isObject(spec.environments)
        ? Object.fromEntries(
            Object.keys(spec.environments).map(name => [name, {}]),
          )
        : undefined,
    },
  };
}
