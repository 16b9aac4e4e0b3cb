import {
  applicationKey,
  type ApplicationFacts,
  type Facts,
  type PodSelectorFacts,
  type WorkloadFacts,
} from '../../delivery/facts';
import { entryOf } from '../../delivery/entryOf';
import type { KubernetesObject, ObjectReader } from '../../kubernetes/types';
import { childrenOf } from '../membership';
import { isSelected } from '../podSelector';
import type { WatchedKind } from '../source';
import {
  inNamespace,
  oamPodKind,
  ofInstances,
  podsOf,
  workloadKinds,
} from './kinds';
import { readWorkload } from './workload';

/**
 * Labels of pods whose maker is a ReplicaSet in between, which is called after the
 * workload and the value of that label.
 */
const HASH_LABELS: Record<string, string> = {
  Deployment: 'pod-template-hash',
  Rollout: 'rollouts-pod-template-hash',
};

/** A workload whose pods are known by its selector. */
interface Selecting {
  kind: string;
  name: string;
  namespace: string;
  selector?: PodSelectorFacts;
  ready: number;
  desired: number;
}

/** Workloads that Argo CD applied itself, and those that instances of kro made. */
export function appliedWorkloads(
  application: ApplicationFacts,
  { instances }: Pick<Facts, 'instances'>,
  objects: ObjectReader,
): WorkloadFacts[] {
  const key = applicationKey(application);
  const applied = application.workloads.flatMap(({ kind, name, namespace }) => {
    const known = workloadKinds.find(each => each.kind === kind);
    return (known && objects.get(known, name, namespace)) ?? [];
  });
  const made = instances
    .filter(instance => instance.application === key)
    .flatMap(instance =>
      workloadKinds.flatMap(kind => childrenOf(objects, kind, instance)),
    );
  const isMade = new Set(made.map(({ metadata }) => metadata.uid));
  return unique([...applied, ...made]).map(object => {
    const { available: _, ...workload } = readWorkload(object);
    return {
      application: key,
      ...workload,
      ofInstance: isMade.has(object.metadata.uid) || undefined,
    };
  });
}

/** Pods that these workloads made: of those with the right labels, no Job's and no stray one. */
export function selectedPods(
  workloads: readonly Selecting[],
  objects: ObjectReader,
): KubernetesObject[] {
  return workloads.flatMap(workload => {
    const { selector, namespace } = workload;
    return selector
      ? candidates(selector, namespace, objects).filter(
          pod =>
            pod.metadata.namespace === namespace &&
            isSelected(selector, pod.metadata.labels) &&
            isMadeFor(workload, pod),
        )
      : [];
  });
}

/**
 * What has to be watched to tell how these applications run, and no more: Argo CD's word
 * that what it applied itself is well can be relied on, and while nobody looks closer it
 * does. kro calls an instance ready whose pods need not be.
 */
export function neededKinds(
  application: ApplicationFacts,
  { instances, workloads, rollouts }: Facts,
  isRead: boolean,
): WatchedKind[] {
  const key = applicationKey(application);
  const belongs = (fact: { application: string }) => fact.application === key;
  const isOfInterest = isRead || application.health !== 'Healthy';
  const selecting: Selecting[] = [
    ...workloads.filter(belongs),
    ...rollouts.filter(belongs).map(rolloutAsWorkload),
  ];
  return [
    ...(isOfInterest ? application.workloads : []).flatMap(
      ({ kind, namespace }) =>
        workloadKinds
          .filter(each => each.kind === kind)
          .map(each => inNamespace(each, namespace)),
    ),
    ...instances
      .filter(belongs)
      .flatMap(({ childKinds }) =>
        workloadKinds
          .filter(({ group, kind }) =>
            childKinds.some(
              child => child.group === group && child.kind === kind,
            ),
          )
          .map(ofInstances),
      ),
    ...selecting.flatMap(({ selector, namespace, ready, desired }) =>
      selector && (isOfInterest || ready < desired)
        ? [podsOf(selector, namespace)]
        : [],
    ),
  ];
}

/** A Rollout, as far as its pods are concerned. */
export function rolloutAsWorkload({
  rollout,
  selector,
  ready,
  desired,
}: Facts['rollouts'][number]): Selecting {
  const { name, namespace } = rollout;
  return { kind: 'Rollout', name, namespace, selector, ready, desired };
}

/** By one label where there is one: all pods of a namespace may be many. */
function candidates(
  { matchLabels }: PodSelectorFacts,
  namespace: string,
  objects: ObjectReader,
): readonly KubernetesObject[] {
  const [label] = Object.entries(matchLabels);
  const { group, kind } = oamPodKind;
  return label
    ? objects
        .byLabel(...label)
        .filter(object => object.kind === kind && object.apiVersion === 'v1')
    : objects.list({ group, kind }, namespace);
}

function isMadeFor(
  { kind, name }: Selecting,
  { metadata }: KubernetesObject,
): boolean {
  const maker = metadata.ownerReferences?.find(({ controller }) => controller);
  const label = entryOf(HASH_LABELS, kind);
  const expected = label
    ? { kind: 'ReplicaSet', name: `${name}-${metadata.labels?.[label]}` }
    : { kind, name };
  return maker?.kind === expected.kind && maker.name === expected.name;
}

function unique(objects: KubernetesObject[]): KubernetesObject[] {
  return [
    ...new Map(objects.map(object => [object.metadata.uid, object])).values(),
  ];
}
