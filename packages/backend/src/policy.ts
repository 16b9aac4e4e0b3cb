import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { deliveryPermissions } from '@golden-path/plugin-delivery-common';

const ofDelivery = new Set(deliveryPermissions.map(({ name }) => name));

/** Everybody may do everything, but with the deliveries of others. */
const ownersOnly: PermissionPolicy = {
  async handle({ permission }, user) {
    return ofDelivery.has(permission.name) &&
      isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)
      ? createCatalogConditionalDecision(
          permission,
          catalogConditions.isEntityOwner({
            claims: user?.info.ownershipEntityRefs ?? [],
          }),
        )
      : { result: AuthorizeResult.ALLOW };
  },
};

const allowAll: PermissionPolicy = {
  handle: async () => ({ result: AuthorizeResult.ALLOW }),
};

/** What users of this portal may do; `permission.deliveries: owners` shows each team its own. */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        const whose = config.getOptionalString('permission.deliveries');
        policy.setPolicy(whose === 'owners' ? ownersOnly : allowAll);
      },
    });
  },
});
