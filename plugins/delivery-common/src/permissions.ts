import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Allows to have the delivery plugin in the portal at all: its tab, card and page, and the
 * page's entry in the navigation.
 *
 * @remarks
 * A basic permission, because Backstage asks for what an extension depends on
 * (`if: { permissions }`) before there is an entity, and cannot take a conditional answer
 * there. It opens nothing: what one may read is up to {@link deliveryReadPermission}.
 *
 * @public
 */
export const deliveryUsePermission = createPermission({
  name: 'delivery.use',
  attributes: {},
});

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
 * Allows to read the logs of the runs of a catalog entity.
 *
 * @remarks
 * Asked besides {@link deliveryReadPermission}: what a program prints may say more than
 * how it ended.
 *
 * @public
 */
export const deliveryLogsReadPermission = createPermission({
  name: 'delivery.logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Allows to act on the delivery of a catalog entity where it runs: to sync, to retry or
 * stop a run, to resume what is suspended.
 *
 * @remarks
 * Asked besides {@link deliveryReadPermission}.
 *
 * @public
 */
export const deliveryOperatePermission = createPermission({
  name: 'delivery.operate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Allows to bring what runs in one environment of a catalog entity to the next one, for
 * example from `dev` to `prod`.
 *
 * @remarks
 * Asked besides {@link deliveryReadPermission}, and apart from
 * {@link deliveryOperatePermission}: who may retry a build need not be who may release.
 *
 * @public
 */
export const deliveryPromotePermission = createPermission({
  name: 'delivery.promote',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Allows to see how well the plugin's watches do: clusters, kinds and figures.
 *
 * @remarks
 * Not scoped to entities, because the answer names none: it is about the plugin's own
 * work, for those who run the portal. It holds no name of any object, either.
 *
 * @public
 */
export const deliveryHealthReadPermission = createPermission({
  name: 'delivery.health.read',
  attributes: { action: 'read' },
});

/**
 * All permissions of the delivery plugin.
 *
 * @public
 */
export const deliveryPermissions = [
  deliveryUsePermission,
  deliveryReadPermission,
  deliveryLogsReadPermission,
  deliveryOperatePermission,
  deliveryPromotePermission,
  deliveryHealthReadPermission,
];
