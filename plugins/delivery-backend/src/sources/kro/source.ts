import type { KindRef } from '../../kubernetes/types';
import { isOfKind } from '../membership';
import type { Source, Surroundings, WatchedKind } from '../source';
import { readInstance } from './instance';
import {
  graphRevisionKind,
  instanceKind,
  instanceKindOf,
  instanceKinds,
  partKind,
  resourceGraphKind,
  resourceGroupOf,
} from './kinds';
import { partsOf } from './parts';
import { readResourceGraph } from './resourceGraph';

const REVISION_LABELS = [
  'kro.run/resource-graph-definition-name',
  'internal.kro.run/resource-graph-definition-name',
];

/** kro: the instance that is the pipeline, what it is made of, and what defines it. */
export const kro: Source = {
  system: 'kro',
  kinds: [...instanceKinds, resourceGraphKind, graphRevisionKind],
  kindsFor: surroundings => {
    const { graph, kind, instance } = look(surroundings);
    const wanted: WatchedKind[] = kind ? [kind] : [];
    const parts = [
      ...(graph?.nodes ?? []),
      ...(instance ? readInstance(instance).childKinds : []),
    ];
    return [...wanted, ...distinct(parts).map(partKind)];
  },
  collect(surroundings) {
    const { objects, isLive } = surroundings;
    const { graph, kind, instance } = look(surroundings);
    const pipeline =
      instance && readInstance(instance, graph?.facts.printedConditions);
    return {
      pipeline: pipeline && {
        ...pipeline,
        parts: graph
          ? partsOf({ nodes: graph.nodes, instance, pipeline, objects, isLive })
          : [],
      },
      pipelineKind: kind?.kind,
      resourceGraph: graph && {
        ...graph.facts,
        revisedAt: revisedAt(surroundings),
      },
      resourceGraphMissing: !graph && isLive?.(resourceGraphKind),
      // Who knows the pipeline's own is not concerned when another comes or goes.
      resourceGroups: graph && kind ? [] : resourceGroups(surroundings),
    };
  },
};

/** The kind comes from the graph that the entity names, or by convention without it. */
function look({ location, objects }: Surroundings) {
  const object = objects.get(resourceGraphKind, location.resourceGroup);
  const graph = object && readResourceGraph(object);
  const kind = graph?.facts.kind
    ? instanceKind({ group: graph.facts.group, kind: graph.facts.kind })
    : instanceKindOf(location.resourceGroup);
  const instance =
    kind &&
    (objects.get(kind, location.instanceName, location.instanceNamespace) ??
      // Since kro 0.9 a graph may define a kind of the whole cluster.
      objects.get(kind, location.instanceName));
  return { graph, kind, instance };
}

function resourceGroups({ objects }: Surroundings): string[] {
  const defined = objects
    .list(resourceGraphKind)
    .map(({ metadata }) => metadata.name);
  return defined.length > 0
    ? [...defined].sort()
    : instanceKinds.map(resourceGroupOf);
}

/** When the graph got its present content. */
function revisedAt({ location, objects }: Surroundings): string | undefined {
  return REVISION_LABELS.flatMap(label =>
    objects.byLabel(label, location.resourceGroup),
  )
    .filter(object => isOfKind(object, graphRevisionKind))
    .map(({ metadata }) => metadata.creationTimestamp)
    .sort()
    .at(-1);
}

/** Each kind once, and no Secret: those are never read. */
function distinct(kinds: readonly KindRef[]): KindRef[] {
  const byName = new Map(
    kinds.map(({ group, kind }) => [`${kind}.${group}`, { group, kind }]),
  );
  byName.delete('Secret.');
  return [...byName.values()];
}
