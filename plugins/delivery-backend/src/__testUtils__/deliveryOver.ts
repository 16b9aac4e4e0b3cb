import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { deliveryServiceRef } from '../service/deliveryServiceRef';
import { sources } from '../sources';
import type { MemoryCluster } from './MemoryCluster';

/** The plugin's own service, over one cluster in memory. */
export function deliveryOver(cluster: MemoryCluster) {
  return createServiceFactory({
    service: deliveryServiceRef,
    deps: {},
    factory() {
      const service = DefaultDeliveryService.create({
        sources,
        logger: mockServices.logger.mock(),
        settleMs: 5,
        clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
      });
      service.start();
      return service;
    },
  });
}
