import {
  applicationKey,
  type ApplicationFacts,
  type Facts,
} from '../../delivery/facts';
import type { KubernetesObject, ObjectReader } from '../../kubernetes/types';
import { destinationOf } from '../destinations';
import { childrenOf, isOfKind } from '../membership';
import type { Source, WatchedKind } from '../source';
import { readAnalysis, trimAnalysisRun } from './analysisRun';
import { readRollout, trimRollout } from './rollout';

const rolloutKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'Rollout',
  trim: trimRollout,
  place: 'destination',
  feeds: [],
};

const analysisRunKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'AnalysisRun',
  trim: trimAnalysisRun,
  place: 'destination',
  feeds: [],
};

const OAM_LABEL = 'app.oam.dev/name';

/** Older ones are of roll-outs that are over. */
const MAXIMUM_ANALYSES = 5;

/** Argo Rollouts: how far a canary is, and what its analysis says. */
export const rollouts: Source = {
  system: 'Argo Rollouts',
  isOptional: true,
  kinds: [rolloutKind, analysisRunKind],
  collect(surroundings) {
    return {
      rollouts: surroundings.found.applications.flatMap(application => {
        const objects = destinationOf(application, surroundings);
        return objects
          ? rolloutsOf(application, surroundings.found, objects).map(
              object => ({
                application: applicationKey(application),
                ...readRollout(object, analysesOf(object, objects)),
              }),
            )
          : [];
      }),
    };
  },
};

/** Those that Argo CD applied, by itself or through kro or an OAM Application. */
function rolloutsOf(
  application: ApplicationFacts,
  { instances }: Facts,
  objects: ObjectReader,
): KubernetesObject[] {
  const applied = [
    ...application.workloads.filter(({ kind }) => kind === 'Rollout'),
    // An instance that may not be read brings one of its own name.
    ...application.instances,
  ].flatMap(
    ({ name, namespace }) => objects.get(rolloutKind, name, namespace) ?? [],
  );
  const made = instances
    .filter(instance => instance.application === applicationKey(application))
    .flatMap(instance => childrenOf(objects, rolloutKind, instance));
  const rendered = application.oamApplications.flatMap(({ name, namespace }) =>
    objects
      .byLabel(OAM_LABEL, name)
      .filter(
        object =>
          isOfKind(object, rolloutKind) &&
          object.metadata.namespace === namespace,
      ),
  );
  return [
    ...new Map(
      [...applied, ...made, ...rendered].map(object => [
        object.metadata.uid,
        object,
      ]),
    ).values(),
  ];
}

function analysesOf(rollout: KubernetesObject, objects: ObjectReader) {
  return objects
    .byOwner(rollout.metadata.uid)
    .filter(object => isOfKind(object, analysisRunKind))
    .sort(({ metadata: a }, { metadata: b }) =>
      `${b.creationTimestamp} ${b.name}`.localeCompare(
        `${a.creationTimestamp} ${a.name}`,
      ),
    )
    .slice(0, MAXIMUM_ANALYSES)
    .map(readAnalysis);
}
