import type { ApplicationFacts } from '../../delivery/facts';
import type { ObjectReader } from '../../kubernetes/types';
import type { Source, Surroundings, WatchedKind } from '../source';
import { readOamApplication } from './oamApplication';
import { trimOamApplication } from './trim';

const oamApplicationKind: WatchedKind = {
  group: 'core.oam.dev',
  kind: 'Application',
  trim: trimOamApplication,
  place: 'destination',
  feeds: ['run'],
};

/** KubeVela: the OAM Applications that Argo CD deployed. */
export const kubeVela: Source = {
  system: 'KubeVela',
  kinds: [oamApplicationKind],
  collect(surroundings) {
    const oamApplications = surroundings.found.applications.flatMap(
      application => {
        const objects = destinationOf(application, surroundings);
        return application.oamApplications.flatMap(({ name, namespace }) => {
          const object = objects?.get(oamApplicationKind, name, namespace);
          return object ? [readOamApplication(object)] : [];
        });
      },
    );
    return { oamApplications };
  },
};

/**
 * Argo CD names a destination as it was registered there; the same name is expected of
 * ours. A cluster that is not watched tells nothing.
 */
function destinationOf(
  { destination }: ApplicationFacts,
  { objects, cluster }: Surroundings,
): ObjectReader | undefined {
  return destination.watched
    ? (destination.cluster && cluster(destination.cluster)) || objects
    : undefined;
}
