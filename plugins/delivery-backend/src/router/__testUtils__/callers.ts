import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  deliveryHealthReadPermission,
  deliveryReadPermission,
} from '@golden-path/plugin-delivery-common';

export const ALLOWED = 'user:default/allowed';
export const DENIED = 'user:default/denied';
export const OWNER = 'user:default/owner';
export const STRANGER = 'user:default/stranger';
/** May look at everything, and neither read logs nor operate. */
export const READER = 'user:default/reader';
export const BLIND = 'user:default/blind';

/** Who may what: users without a line here get what the catalog's rule about owners says. */
export async function policy(
  { permission }: PolicyQuery,
  user?: PolicyQueryUser,
): Promise<PolicyDecision> {
  const name = user?.info.userEntityRef;
  const allowIf = (isAllowed: boolean): PolicyDecision => ({
    result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  });
  if (permission.name === 'catalog.entity.read') {
    return allowIf(name !== BLIND);
  }
  if (
    !isResourcePermission(permission, 'catalog-entity') ||
    !permission.name.startsWith('delivery.')
  ) {
    return allowIf(
      name === ALLOWED &&
        isPermission(permission, deliveryHealthReadPermission),
    );
  }
  switch (name) {
    case ALLOWED:
    case BLIND:
      return allowIf(true);
    case DENIED:
      return allowIf(false);
    case READER:
      return allowIf(isPermission(permission, deliveryReadPermission));
    default:
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({
          claims: user?.info.ownershipEntityRefs ?? [],
        }),
      );
  }
}
