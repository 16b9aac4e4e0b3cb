import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Allows to see the delivery of a catalog entity. The resource is the entity, so
 * a policy may use the catalog's own rules such as `IS_ENTITY_OWNER`.
 *
 * @public
 */
export const deliveryReadPermission = createPermission({
  name: 'delivery.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of the delivery plugin.
 *
 * @public
 */
export const deliveryPermissions = [deliveryReadPermission];
