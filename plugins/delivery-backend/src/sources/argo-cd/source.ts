import type { KubernetesObject } from '../../kubernetes/types';
import { childrenOf, isForeign, isOfKind } from '../membership';
import { namesOf } from '../names';
import type { Source, WatchedKind } from '../source';
import { readApplication } from './application';
import { trimApplication } from './trim';

const applicationKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'Application',
  trim: trimApplication,
  place: 'pipeline',
  feeds: ['deploy', 'promotion'],
};

const NAME_LABEL = 'app.kubernetes.io/name';
const COMPONENT_LABEL = 'app.kubernetes.io/component';

/**
 * Argo CD: the Application that brings the pipeline from Git, and one Application per
 * environment. The latter are children of the pipeline, or, where a template made
 * them, carry the application's name and the component `argocd-application`.
 */
export const argoCd: Source = {
  system: 'Argo CD',
  kinds: [applicationKind],
  collect({ location, objects, cluster, argoCdNamespace, found }) {
    const read = (object: KubernetesObject) =>
      readApplication(object, name => cluster(name) !== undefined);
    // Argo CD may be allowed to take Applications from a team's own namespace too.
    const namespaces = [argoCdNamespace, location.instanceNamespace];
    const { pipelineName, applicationName } = namesOf(location, found);
    const registration = objects.get(
      applicationKind,
      location.registration ?? pipelineName,
      argoCdNamespace,
    );
    const children = found.pipeline
      ? childrenOf(objects, applicationKind, found.pipeline, namespaces)
      : [];
    const labelled = objects
      .byLabel(NAME_LABEL, applicationName)
      .filter(
        object =>
          isOfKind(object, applicationKind) &&
          namespaces.includes(object.metadata.namespace ?? '') &&
          object.metadata.labels?.[COMPONENT_LABEL] === 'argocd-application' &&
          !isForeign(object, found.pipeline),
      );
    const applications = unique([...children, ...labelled])
      .map(read)
      .filter(application => application.environment !== undefined);
    return {
      registration: registration && read(registration),
      applications,
    };
  },
};

function unique(objects: KubernetesObject[]): KubernetesObject[] {
  return [
    ...new Map(objects.map(object => [object.metadata.uid, object])).values(),
  ];
}
