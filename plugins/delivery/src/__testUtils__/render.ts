import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import plugin, { deliveryApiRef } from '..';
import { ScriptedApi } from './ScriptedApi';

export { ScriptedApi };

export const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'kro.run/instance-name': 'checkout-cicd-pipeline' },
  },
  spec: { type: 'service', owner: 'team-payments' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-payments' }],
};

/** Shows an extension of the plugin on the page of an entity, in a whole app. */
export function render(
  extension: 'entity-content:delivery' | 'entity-card:delivery',
  api: ScriptedApi,
  options: {
    entity?: typeof entity;
    at?: string;
    /** Names of permissions that the user does not have. */
    denied?: string[];
  } = {},
) {
  const { denied = [] } = options;
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity: options.entity ?? entity }),
      plugin.getExtension(extension),
    ],
    apis: [
      [deliveryApiRef, api],
      [
        permissionApiRef,
        mockApis.permission({
          authorize: ({ permission }) =>
            denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        }),
      ],
    ],
    initialRouteEntries: [options.at ?? '/'],
  });
}
