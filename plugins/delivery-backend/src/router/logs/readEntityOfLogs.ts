import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { deliveryLogsReadPermission } from '@golden-path/plugin-delivery-common';
import {
  readEntity,
  requirePermission,
  type AccessOptions,
} from '../readEntity';

/**
 * Reads an entity as the user, and asks whether the user may read the logs of its runs.
 *
 * @throws NotFoundError for an entity that the user may not see
 * @throws NotAllowedError that names the permission
 */
export async function readEntityOfLogs(
  ref: CompoundEntityRef,
  credentials: BackstageCredentials<BackstageUserPrincipal>,
  options: AccessOptions,
): Promise<Entity> {
  const entity = await readEntity(ref, credentials, options);
  await requirePermission(
    deliveryLogsReadPermission,
    stringifyEntityRef(ref),
    credentials,
    options,
  );
  return entity;
}
