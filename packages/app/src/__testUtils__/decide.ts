import { mockApis } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionApi } from '@backstage/plugin-permission-react';
import { isOwn } from './deliveries';

/** By name of a permission; `conditional` allows it for what the user owns. */
export type Policy = Record<string, 'allow' | 'deny' | 'conditional'>;

/** Answers as the permission backend does; what a policy leaves out is allowed. */
export function decide(
  policy: Policy,
  asked: (permission: string, resourceRef?: string) => void,
): PermissionApi {
  return mockApis.permission({
    authorize(request) {
      const { name } = request.permission;
      const { resourceRef } = request as { resourceRef?: string };
      asked(name, resourceRef);
      switch (policy[name]) {
        case 'deny':
          return AuthorizeResult.DENY;
        case 'conditional':
          if (!resourceRef) {
            throw new Error(
              `Conditional decision returned from permission policy for non-resource permission ${name}`,
            );
          }
          return isOwn(resourceRef)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY;
        default:
          return AuthorizeResult.ALLOW;
      }
    },
  });
}
