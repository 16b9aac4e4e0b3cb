import { applicationKey, type PodFacts } from '../../delivery/facts';
import { destinationOf } from '../destinations';
import { isOfKind } from '../membership';
import type { Source, WatchedKind } from '../source';
import { readDeployment, trimDeployment } from './deployment';
import { readPodProblem } from './pod';
import { trimPod } from './trim';

const APPLICATION_LABEL = 'app.oam.dev/name';

/** Only what an OAM Application brought. */
const deploymentKind: WatchedKind = {
  group: 'apps',
  kind: 'Deployment',
  labelSelector: APPLICATION_LABEL,
  trim: trimDeployment,
  place: 'destination',
  feeds: [],
};

const podKind: WatchedKind = {
  group: '',
  kind: 'Pod',
  labelSelector: APPLICATION_LABEL,
  trim: trimPod,
  place: 'destination',
  feeds: [],
};

/** Kubernetes itself: how many pods are ready, and what is wrong with the others. */
export const workloads: Source = {
  system: 'Kubernetes',
  kinds: [deploymentKind, podKind],
  collect(surroundings) {
    const found = surroundings.found.applications.flatMap(application => {
      const objects = destinationOf(application, surroundings);
      return application.oamApplications.flatMap(({ name, namespace }) =>
        (objects?.byLabel(APPLICATION_LABEL, name) ?? [])
          .filter(({ metadata }) => metadata.namespace === namespace)
          .map(object => ({
            object,
            application: applicationKey(application),
          })),
      );
    });
    const of = (kind: WatchedKind) =>
      found.filter(({ object }) => isOfKind(object, kind));
    return {
      workloads: of(deploymentKind).map(({ object, application }) => {
        const { available: _, ...deployment } = readDeployment(object);
        return { application, ...deployment };
      }),
      pods: of(podKind)
        .flatMap(({ object, application }): PodFacts[] => {
          const problem = readPodProblem(object);
          const createdAt = object.metadata.creationTimestamp;
          return problem ? [{ application, problem, createdAt }] : [];
        })
        .sort((a, b) => a.problem.pod.localeCompare(b.problem.pod)),
    };
  },
};
