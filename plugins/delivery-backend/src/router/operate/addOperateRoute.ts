import type {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type {
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import express from 'express';
import {
  operationOf,
  type OperationService,
} from '../../operations/OperationService';
import { readParams } from '../params';
import {
  readEntity,
  requirePermission,
  type AccessOptions,
} from '../readEntity';
import { readOperation } from './readOperation';

export interface OperateRouteOptions extends AccessOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  operations: Pick<OperationService, 'perform'>;
}

/** Path of {@link addOperateRoute}. */
export const OPERATE_PATH =
  '/v1/entities/:kind/:namespace/:name/delivery/operations';

/** The one route that changes something. What it leads to comes on the event stream. */
export function addOperateRoute(
  router: express.Router,
  options: OperateRouteOptions,
): void {
  const { auditor, httpAuth, operations } = options;

  router.post(
    OPERATE_PATH,
    express.json({ limit: '16kb' }),
    async (request, response) => {
      const ref = readParams(request.params);
      const asked = readOperation(request.body);
      const entityRef = stringifyEntityRef(ref);
      const event = await auditor.createEvent({
        eventId: 'operate',
        request,
        severityLevel: 'medium',
        meta: { ...asked, entityRef },
      });
      try {
        const credentials = await httpAuth.credentials(request, {
          allow: ['user'],
        });
        const entity = await readEntity(ref, credentials, options);
        await requireOperation(asked, entityRef, credentials, options);
        const answer = await operations.perform(
          entity,
          asked,
          credentials.principal.userEntityRef,
        );
        await event.success({ meta: { outcome: answer.outcome } });
        response.json(answer satisfies OperationOutcome);
      } catch (error) {
        await event.fail({ error: toError(error) });
        throw error;
      }
    },
  );
}

/**
 * Asks whether a user may do this to an entity that the user may see.
 *
 * @throws NotAllowedError that names the permission
 */
export async function requireOperation(
  asked: OperationRequest,
  entityRef: string,
  credentials: BackstageCredentials<BackstageUserPrincipal>,
  { permissions }: Pick<AccessOptions, 'permissions'>,
): Promise<void> {
  const { permission } = operationOf(asked);
  await requirePermission(permission, entityRef, credentials, { permissions });
}
