import {
  applicationKey,
  type ApplicationFacts,
  type Facts,
  type PodFacts,
  type WorkloadFacts,
} from '../../delivery/facts';
import type { KubernetesObject, ObjectReader } from '../../kubernetes/types';
import { destinationOf } from '../destinations';
import { isOfKind } from '../membership';
import type { Source } from '../source';
import {
  appliedWorkloads,
  neededKinds,
  rolloutAsWorkload,
  selectedPods,
} from './applied';
import {
  OAM_LABEL,
  oamDeploymentKind,
  oamPodKind,
  workloadKinds,
} from './kinds';
import { readPodProblem } from './pod';
import { readWorkload } from './workload';

/**
 * Kubernetes itself: how many pods are ready, and what is wrong with the others. What
 * KubeVela brings is known by its labels; everything else by the names that Argo CD
 * lists, the labels of kro, and the selectors of the workloads.
 */
export const workloads: Source = {
  system: 'Kubernetes',
  kinds: [oamDeploymentKind, oamPodKind],
  onDemand: workloadKinds,
  kindsFor: ({ found, isRead = false }) =>
    found.applications.flatMap(application => {
      const { watchedCluster: cluster } = application.destination;
      return cluster === undefined
        ? []
        : neededKinds(application, found, isRead).map(kind => ({
            ...kind,
            cluster,
          }));
    }),
  collect(surroundings) {
    const { found } = surroundings;
    const parts = found.applications.map(application => {
      const objects = destinationOf(application, surroundings);
      return objects
        ? partOf(application, found, objects)
        : { workloads: [], pods: [] };
    });
    return {
      workloads: parts.flatMap(part => part.workloads),
      pods: parts
        .flatMap(({ pods }) => pods)
        .sort((a, b) => a.problem.pod.localeCompare(b.problem.pod)),
    };
  },
};

function partOf(
  application: ApplicationFacts,
  found: Facts,
  objects: ObjectReader,
): { workloads: WorkloadFacts[]; pods: PodFacts[] } {
  const key = applicationKey(application);
  const rendered = application.oamApplications.flatMap(({ name, namespace }) =>
    objects
      .byLabel(OAM_LABEL, name)
      .filter(({ metadata }) => metadata.namespace === namespace),
  );
  const ofOam = rendered
    .filter(object => isOfKind(object, oamDeploymentKind))
    .map((object): WorkloadFacts => {
      // Its pods have the label, too.
      const { available: _, selector: __, ...workload } = readWorkload(object);
      return { application: key, ...workload };
    });
  const applied = appliedWorkloads(application, found, objects);
  const pods = new Map<string, KubernetesObject>();
  for (const pod of [
    ...rendered.filter(object => isOfKind(object, oamPodKind)),
    ...selectedPods(
      [
        ...applied,
        ...found.rollouts
          .filter(rollout => rollout.application === key)
          .map(rolloutAsWorkload),
      ],
      objects,
    ),
  ]) {
    pods.set(pod.metadata.uid, pod);
  }
  return {
    workloads: [...ofOam, ...applied],
    pods: [...pods.values()].flatMap(pod => problemOf(pod, key)),
  };
}

function problemOf(pod: KubernetesObject, application: string): PodFacts[] {
  const problem = readPodProblem(pod);
  const createdAt = pod.metadata.creationTimestamp;
  return problem ? [{ application, problem, createdAt }] : [];
}
