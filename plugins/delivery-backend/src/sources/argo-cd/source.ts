import type { KubernetesObject } from '../../kubernetes/types';
import { clusterOf } from '../destinations';
import { childrenOf, isForeign, isOfKind } from '../membership';
import { namesOf } from '../names';
import type { Source, WatchedKind } from '../source';
import { readApplication } from './application';
import { environmentNameOf } from './environmentName';
import { isTakenByArgoCd } from './elsewhere';
import { bySelector } from './selector';
import { readSettings, settingsKinds } from './settings';
import { trimApplication } from './trim';

/** An Argo CD Application. */
export const applicationKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'Application',
  trim: trimApplication,
  place: 'pipeline',
  feeds: ['deploy', 'promotion'],
};

const NAME_LABEL = 'app.kubernetes.io/name';
const APPLICATION_ANNOTATION = 'cicd.kro.run/application-name';
const COMPONENT_LABEL = 'app.kubernetes.io/component';

/**
 * Argo CD: the Application that brings the pipeline from Git, and one Application per
 * environment. The latter are children of the pipeline, or, where a template made
 * them, carry the application's name and the component `argocd-application`.
 */
export const argoCd: Source = {
  system: 'Argo CD',
  kinds: [applicationKind, ...settingsKinds],
  collect(surroundings) {
    const { location, objects, argoCdNamespace, found } = surroundings;
    const { pipelineName, applicationName } = namesOf(location, found);
    const settings = readSettings(objects, argoCdNamespace);
    // Argo CD may be allowed to take Applications from a team's own namespace too.
    const trusted = [argoCdNamespace, location.instanceNamespace];
    const selected = bySelector(objects, location.registrationSelector).filter(
      object =>
        isOfKind(object, applicationKind) &&
        trusted.includes(object.metadata.namespace ?? ''),
    );
    const registration =
      registrationOf(surroundings, pipelineName, trusted) ??
      selected.find(({ metadata }) => !environmentNameOf(metadata));
    const labelled = objects
      .byLabel(NAME_LABEL, applicationName)
      .filter(
        object =>
          isOfKind(object, applicationKind) &&
          object.metadata.labels?.[COMPONENT_LABEL] === 'argocd-application',
      )
      .filter(
        object =>
          trusted.includes(object.metadata.namespace ?? '') ||
          isTakenByArgoCd(object, {
            isAllowed: settings.isAllowed,
            registration,
            applicationName,
          }),
      );
    const namespaces = [
      ...trusted,
      ...labelled.flatMap(({ metadata }) => metadata.namespace ?? []),
    ];
    const ofApplication = selected.filter(
      ({ metadata: { labels, annotations } }) =>
        [labels?.[NAME_LABEL], annotations?.[APPLICATION_ANNOTATION]].includes(
          applicationName,
        ),
    );
    const children = found.pipeline
      ? childrenOf(objects, applicationKind, found.pipeline, namespaces)
      : [];
    const read = (object: KubernetesObject) =>
      readApplication(object, destination =>
        clusterOf(destination, surroundings),
      );
    return {
      registration: registration && read(registration),
      selectedApplications: location.registrationSelector
        ? selected.length
        : undefined,
      applications: unique([...children, ...labelled, ...ofApplication])
        .filter(
          object =>
            !isForeign(object, found.pipeline) &&
            environmentNameOf(object.metadata) !== undefined,
        )
        .map(read),
      detection: settings.detection,
      selfHealPause: settings.selfHealPause,
    };
  },
};

/** As the entity names it; by its usual name where it names none or one that is not there. */
function registrationOf(
  { location, objects }: Parameters<Source['collect']>[0],
  pipelineName: string,
  namespaces: readonly string[],
): KubernetesObject | undefined {
  return [location.registration, pipelineName]
    .flatMap(name => (name ? [name] : []))
    .flatMap(name =>
      namespaces.flatMap(
        namespace => objects.get(applicationKind, name, namespace) ?? [],
      ),
    )
    .at(0);
}

function unique(objects: KubernetesObject[]): KubernetesObject[] {
  return [
    ...new Map(objects.map(object => [object.metadata.uid, object])).values(),
  ];
}
