import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { readClusters } from '../config';
import { historyServiceRef } from '../history/historyServiceRef';
import { pipelineKey } from '../history/pipelineKey';
import {
  createClusterWatch,
  HttpTransport,
  KubeConfigAccess,
} from '../kubernetes';
import { sources } from '../sources';
import { DefaultDeliveryService } from './DefaultDeliveryService';
import type { DeliveryService } from './DeliveryService';
import { readGoldenPaths } from './readGoldenPaths';

/**
 * The one {@link DeliveryService} of a backend: all who look share its watches. They
 * start when the plugin has started and end when it shuts down. Watched are the clusters
 * that some entity points to, and those that somebody looks into.
 */
export const deliveryServiceRef = createServiceRef<DeliveryService>({
  id: 'delivery.delivery',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        history: historyServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async factory({
        auth,
        catalog,
        config,
        history,
        lifecycle,
        logger,
        scheduler,
      }) {
        const clusters = readClusters(config, message => logger.warn(message));
        if (clusters.length === 0) {
          logger.warn(
            'No cluster is configured; add delivery.clusters to watch some',
          );
        }
        const delivery = DefaultDeliveryService.create({
          sources,
          logger,
          observe: observation => history.recorder.observe(observation),
          usual: location => history.usual.of(pipelineKey(location)),
          clusters: clusters.map(({ name, source, ...cluster }) => ({
            ...cluster,
            watch: createClusterWatch({
              name,
              transport: new HttpTransport(new KubeConfigAccess(source)),
              logger,
            }),
          })),
        });
        lifecycle.addStartupHook(() => delivery.start());
        lifecycle.addShutdownHook(() => delivery.stop());
        await scheduler.scheduleTask({
          id: 'keep-clusters-watched',
          // Each process has watches of its own.
          scope: 'local',
          frequency: { minutes: 1 },
          timeout: { minutes: 1 },
          async fn() {
            try {
              delivery.keep(
                await readGoldenPaths(
                  catalog,
                  await auth.getOwnServiceCredentials(),
                ),
              );
            } catch (error) {
              logger.warn(
                'Cannot read from the catalog which clusters to watch; those of before stay watched',
                toError(error),
              );
            }
          },
        });
        return delivery;
      },
    }),
});
