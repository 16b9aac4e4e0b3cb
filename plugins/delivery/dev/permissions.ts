import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';

/** Whoever looks may do everything, but in the state that is about that. */
export const permissions = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            async authorize(request) {
              const { resourceRef = '' } = request as { resourceRef?: string };
              return {
                result: resourceRef.endsWith('/not-permitted')
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
              };
            },
          }),
        }),
    }),
  ],
});
