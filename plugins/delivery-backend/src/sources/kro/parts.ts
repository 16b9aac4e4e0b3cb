import type { Part } from '@golden-path/plugin-delivery-common';
import type { PipelineFacts } from '../../delivery/facts';
import type {
  KindRef,
  KubernetesObject,
  ObjectReader,
} from '../../kubernetes/types';
import { isChild, isOfKind } from '../membership';
import { blockersOf, type Blocker } from './blockers';
import { partKind } from './kinds';
import { ownWords } from './ownWords';
import { nameOf } from './partName';
import type { GraphNode } from './resourceGraph';

/** The label of kro 0.8 and later; before, kind and name have to do. */
const NODE_ID_LABELS = ['kro.run/node-id', 'internal.kro.run/node-id'];

export interface PartsOptions {
  nodes: readonly GraphNode[];
  /** The instance, trimmed as it is kept. */
  instance: KubernetesObject;
  pipeline: PipelineFacts;
  objects: ObjectReader;
  /** Whether all objects of a kind are known here, so that one that is not seen is not there. */
  isLive?: (kind: KindRef) => boolean;
}

/**
 * The parts of a pipeline, one for each resource of its graph, whatever their kinds. What
 * is seen of them is told from the objects; of the others there is only what kro says.
 */
export function partsOf(options: PartsOptions): Part[] {
  const { nodes, pipeline } = options;
  const children = childrenOf(options);
  const names = new Map(nodes.map(node => [node.id, nameOf(node, options)]));
  const blockers = blockersById(blockersOf(pipeline.conditions), nodes, names);
  const behind = behindOf(nodes, new Set(blockers.keys()));
  const firstBlocked = nodes.findIndex(({ id }) => blockers.has(id));
  return nodes.map((node, index) => {
    const own = children.filter(child => isNode(child, node, names));
    const [object] = own;
    return {
      id: node.id,
      apiVersion: node.apiVersion,
      kind: node.kind,
      name: object?.metadata.name ?? names.get(node.id),
      namespace: object?.metadata.namespace,
      dependsOn: node.dependsOn,
      seen: object !== undefined,
      count: node.collection ? own.length : undefined,
      ...(stateOfObjects(own, blockers.get(node.id), pipeline) ?? {
        status: behind.has(node.id)
          ? 'waiting'
          : unseenStatus(node, index < firstBlocked, options),
      }),
    };
  });
}

/** Only where kro may have put them: others could mark their objects as ours. */
function childrenOf({ objects, pipeline }: PartsOptions): KubernetesObject[] {
  const found = new Map<string, KubernetesObject>();
  for (const object of [
    ...objects.byLabel('kro.run/instance-id', pipeline.uid),
    ...objects.byLabel('internal.kro.run/instance-id', pipeline.uid),
    ...(pipeline.applySetId
      ? objects.byLabel('applyset.kubernetes.io/part-of', pipeline.applySetId)
      : []),
    ...objects.byOwner(pipeline.uid),
  ]) {
    const { namespace, uid } = object.metadata;
    if (
      isChild(object, pipeline) &&
      (namespace === undefined || pipeline.childNamespaces.includes(namespace))
    ) {
      found.set(uid, object);
    }
  }
  return [...found.values()].sort((a, b) =>
    a.metadata.name.localeCompare(b.metadata.name),
  );
}

function isNode(
  child: KubernetesObject,
  node: GraphNode,
  names: ReadonlyMap<string, string | undefined>,
): boolean {
  const id = NODE_ID_LABELS.map(label => child.metadata.labels?.[label]).find(
    Boolean,
  );
  return (
    isOfKind(child, node) &&
    (id ? id === node.id : child.metadata.name === names.get(node.id))
  );
}

/** Where kro gives no id, something else in its words tells which resource is meant. */
function blockersById(
  blockers: readonly Blocker[],
  nodes: readonly GraphNode[],
  names: ReadonlyMap<string, string | undefined>,
): Map<string, string> {
  const byId = new Map<string, string>();
  for (const { id, says } of blockers) {
    const blocking =
      id ?? nodes.find(node => isMeant(node, names.get(node.id), says))?.id;
    if (blocking && !byId.has(blocking)) {
      byId.set(blocking, says);
    }
  }
  return byId;
}

/**
 * Up to kro 0.7 a message quotes the expression that is not met, which begins with the
 * id; errors of the API server name kind and name.
 */
function isMeant(
  { id, kind }: GraphNode,
  name: string | undefined,
  says: string,
): boolean {
  return (
    says.includes(`expression ${id}.`) ||
    (name !== undefined && says.includes(`"${name}"`) && says.includes(kind))
  );
}

/** Ids of what refers to these, directly or through others. */
function behindOf(
  nodes: readonly GraphNode[],
  blocking: ReadonlySet<string>,
): Set<string> {
  const behind = new Set<string>();
  // They come in the order of their references.
  for (const { id, dependsOn } of nodes) {
    if (dependsOn.some(on => blocking.has(on) || behind.has(on))) {
      behind.add(id);
    }
  }
  return behind;
}

/** How a part stands by what is seen of it or what kro names it for. */
function stateOfObjects(
  own: readonly KubernetesObject[],
  blocked: string | undefined,
  { state }: PipelineFacts,
): Pick<Part, 'status' | 'message'> | undefined {
  const words = own.map(ownWords).find(each => each);
  if (own.some(({ metadata }) => metadata.deletionTimestamp)) {
    return { status: 'running', message: blocked };
  }
  if (blocked !== undefined) {
    return {
      status: state === 'ERROR' || words?.failed ? 'failed' : 'running',
      message: words?.says ?? blocked,
    };
  }
  if (words?.failed) {
    return { status: 'failed', message: words.says };
  }
  // kro 0.8 names nobody in its messages.
  if (words && state !== 'ACTIVE') {
    return { status: 'running', message: words.says };
  }
  return own.length > 0 ? { status: 'succeeded' } : undefined;
}

/**
 * What follows from kro's own state for a part that is not seen.
 *
 * @param reached - whether kro, which goes through them in order, is beyond it
 */
function unseenStatus(
  node: GraphNode,
  reached: boolean,
  { pipeline, isLive }: PartsOptions,
): Part['status'] {
  const made = pipeline.state === 'ACTIVE' || reached;
  if (!made || node.conditional || node.collection) {
    return 'unknown';
  }
  // Where the kind is watched, it can be seen that kro is wrong.
  const { group, kind } = node;
  const known =
    isLive?.({ group, kind }) || isLive?.(partKind({ group, kind }));
  return known && !node.external ? 'missing' : 'succeeded';
}
