import { applicationKey } from '../../delivery/facts';
import { destinationOf } from '../destinations';
import type { Source, WatchedKind } from '../source';
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
          return object
            ? [
                {
                  application: applicationKey(application),
                  ...readOamApplication(object),
                },
              ]
            : [];
        });
      },
    );
    return { oamApplications };
  },
};
