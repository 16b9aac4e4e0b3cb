import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readClusters } from '../config';
import {
  createClusterWatch,
  HttpTransport,
  KubeConfigAccess,
} from '../kubernetes';
import { sources } from '../sources';
import { DefaultDeliveryService } from './DefaultDeliveryService';
import type { DeliveryService } from './DeliveryService';

/**
 * The one {@link DeliveryService} of a backend: all who look share its watches. They
 * start when the plugin has started and end when it shuts down.
 */
export const deliveryServiceRef = createServiceRef<DeliveryService>({
  id: 'delivery.delivery',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      factory({ config, lifecycle, logger }) {
        const clusters = readClusters(config);
        if (clusters.length === 0) {
          logger.warn(
            'No cluster is configured; add delivery.clusters to watch some',
          );
        }
        const delivery = DefaultDeliveryService.create({
          sources,
          logger,
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
        return delivery;
      },
    }),
});
