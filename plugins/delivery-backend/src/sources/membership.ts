import type { PipelineFacts } from '../delivery/facts';
import type {
  KindRef,
  KubernetesObject,
  ObjectReader,
} from '../kubernetes/types';

/*
 * kro marks the children of an instance with labels. `kro.run/*` is planned to become
 * `internal.kro.run/*` (KREP-015); the ApplySet label comes from Kubernetes and stays.
 */
const INSTANCE_ID_LABELS = [
  'kro.run/instance-id',
  'internal.kro.run/instance-id',
];
const APPLYSET_LABEL = 'applyset.kubernetes.io/part-of';

/**
 * Children of a pipeline, or another instance of kro, of one kind, however its kro
 * version marks them.
 *
 * @param namespaces - where they may be. Whoever may write elsewhere could mark their own
 * objects as somebody else's children
 * @see https://kro.run/docs/concepts/instances
 */
export function childrenOf(
  objects: ObjectReader,
  kind: KindRef,
  pipeline: Pick<PipelineFacts, 'uid' | 'applySetId' | 'namespace'>,
  namespaces: readonly string[] = [pipeline.namespace],
): KubernetesObject[] {
  const candidates = [
    ...INSTANCE_ID_LABELS.flatMap(label =>
      objects.byLabel(label, pipeline.uid),
    ),
    ...(pipeline.applySetId
      ? objects.byLabel(APPLYSET_LABEL, pipeline.applySetId)
      : []),
    ...objects.byOwner(pipeline.uid),
  ];
  const children = new Map<string, KubernetesObject>();
  for (const object of candidates) {
    if (
      isOfKind(object, kind) &&
      namespaces.includes(object.metadata.namespace ?? '')
    ) {
      children.set(object.metadata.uid, object);
    }
  }
  return [...children.values()];
}

/** Whether an object is marked as a child of this pipeline. */
export function isChild(
  { metadata }: KubernetesObject,
  { uid, applySetId }: PipelineFacts,
): boolean {
  const { labels = {}, ownerReferences = [] } = metadata;
  return (
    INSTANCE_ID_LABELS.some(label => labels[label] === uid) ||
    (applySetId !== undefined && labels[APPLYSET_LABEL] === applySetId) ||
    ownerReferences.some(owner => owner.uid === uid)
  );
}

/** Whether an object is marked as the child of another instance than this. */
export function isForeign(
  object: KubernetesObject,
  pipeline: PipelineFacts | undefined,
): boolean {
  const owner = INSTANCE_ID_LABELS.map(
    label => object.metadata.labels?.[label],
  ).find(Boolean);
  return owner !== undefined && owner !== pipeline?.uid;
}

/** Whether an object is of a kind, in any version. */
export function isOfKind(object: KubernetesObject, kind: KindRef): boolean {
  const slash = object.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : object.apiVersion.slice(0, slash);
  return object.kind === kind.kind && group === kind.group;
}
