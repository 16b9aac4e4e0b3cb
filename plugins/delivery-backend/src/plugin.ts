import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { deliveryPermissions } from '@golden-path/plugin-delivery-common';
import { registerActions } from './actions/registerActions';
import { historyServiceRef } from './history/historyServiceRef';
import { stepLogsServiceRef } from './logs/stepLogsServiceRef';
import { observeDelivery } from './metrics';
import { operationServiceRef } from './operations/operationServiceRef';
import { OpenStreams } from './router/OpenStreams';
import { createRouter } from './router/router';
import { deliveryServiceRef } from './service/deliveryServiceRef';

/**
 * Watches the golden path in Kubernetes once for all viewers, and serves it per catalog
 * entity.
 *
 * @public
 */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        delivery: deliveryServiceRef,
        history: historyServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logs: stepLogsServiceRef,
        metrics: metricsServiceRef,
        operations: operationServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({
        actions,
        history,
        httpRouter,
        lifecycle,
        metrics,
        permissionsRegistry,
        ...services
      }) {
        const shutdown = new AbortController();
        const streams = new OpenStreams();
        const unobserve = observeDelivery(metrics, services.delivery, streams);
        lifecycle.addShutdownHook(() => {
          shutdown.abort();
          unobserve();
        });
        permissionsRegistry.addPermissions(deliveryPermissions);
        registerActions(actions, { ...services, history: history.reader });
        httpRouter.use(
          createRouter({
            ...services,
            history: history.reader,
            streams,
            shutdown: shutdown.signal,
          }),
        );
      },
    });
  },
});
