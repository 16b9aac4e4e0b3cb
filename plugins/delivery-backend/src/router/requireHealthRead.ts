import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { deliveryHealthReadPermission } from '@golden-path/plugin-delivery-common';

/**
 * Asks whether a user or a service may see how the watches do. A service may, unless its
 * access is restricted to other permissions.
 *
 * @throws NotAllowedError where the permission is denied
 */
export async function requireHealthRead(
  credentials: BackstageCredentials,
  permissions: PermissionsService,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission: deliveryHealthReadPermission }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `Permission ${deliveryHealthReadPermission.name} is needed`,
    );
  }
}
