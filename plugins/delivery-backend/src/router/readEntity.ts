import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  DELIVERY_ANNOTATIONS,
  deliveryAnnotationsOf,
  deliveryReadPermission,
} from '@golden-path/plugin-delivery-common';

/** What it takes to tell whether a user may see the delivery of an entity. */
export interface AccessOptions {
  catalog: CatalogService;
  permissions: PermissionsService;
}

const REQUIRED_ANNOTATIONS = [
  DELIVERY_ANNOTATIONS.resourceGroup,
  DELIVERY_ANNOTATIONS.instanceName,
  DELIVERY_ANNOTATIONS.instanceNamespace,
];

/**
 * Reads an entity as the user, and asks whether the user may see its delivery.
 *
 * @throws NotFoundError for an entity that the user may not see, or that has no
 * golden path
 * @throws NotAllowedError where the permission is denied
 */
export async function readEntity(
  ref: CompoundEntityRef,
  credentials: BackstageCredentials<BackstageUserPrincipal>,
  { catalog, permissions }: AccessOptions,
): Promise<Entity> {
  const entityRef = stringifyEntityRef(ref);
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    throw new NotFoundError(`No entity ${entityRef}`);
  }
  await requirePermission(deliveryReadPermission, entityRef, credentials, {
    permissions,
  });
  // Those of other plugins may say the same.
  const told = deliveryAnnotationsOf(entity.metadata.annotations ?? {});
  const missing = REQUIRED_ANNOTATIONS.find(annotation => !told[annotation]);
  if (missing) {
    throw new NotFoundError(
      `Entity ${entityRef} has no annotation "${missing}", so it has no golden path; add it to its catalog-info.yaml`,
    );
  }
  return entity;
}

/**
 * Asks for a permission of a user for an entity that the user may see.
 *
 * @throws NotAllowedError that names the permission
 */
export async function requirePermission(
  permission: ResourcePermission<'catalog-entity'>,
  entityRef: string,
  credentials: BackstageCredentials<BackstageUserPrincipal>,
  { permissions }: Pick<AccessOptions, 'permissions'>,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission, resourceRef: entityRef }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `Permission ${permission.name} is needed for ${entityRef}`,
    );
  }
}
