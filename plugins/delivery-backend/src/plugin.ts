import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { deliveryPermissions } from '@golden-path/plugin-delivery-common';
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
        auditor: coreServices.auditor,
        catalog: catalogServiceRef,
        delivery: deliveryServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ httpRouter, lifecycle, permissionsRegistry, ...services }) {
        const shutdown = new AbortController();
        lifecycle.addShutdownHook(() => shutdown.abort());
        permissionsRegistry.addPermissions(deliveryPermissions);
        httpRouter.use(
          createRouter({ ...services, shutdown: shutdown.signal }),
        );
      },
    });
  },
});
