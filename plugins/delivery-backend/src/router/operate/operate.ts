import type {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type {
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import type { Request } from 'express';
import {
  operationOf,
  type OperationService,
} from '../../operations/OperationService';
import type { AuditedCaller } from '../admit';
import {
  readEntity,
  requirePermission,
  type AccessOptions,
} from '../readEntity';

export interface OperateOptions extends AccessOptions {
  auditor: AuditorService;
  operations: Pick<OperationService, 'perform'>;
}

/** What is asked to be done to an entity, and by whom. */
export interface OperateRequest {
  ref: CompoundEntityRef;
  asked: OperationRequest;
  /** Where it is asked over HTTP. */
  request?: Request;
  /** Where it is not, so that the audit log knows who asks. */
  caller?: AuditedCaller;
  /** The user who asks; throws where it is none. */
  credentials(): Promise<BackstageCredentials<BackstageUserPrincipal>>;
}

/**
 * Does something to an entity, if the user may see the entity and do this to it; both is
 * in the audit log.
 *
 * @throws NotAllowedError that names the permission
 */
export async function operate(
  { ref, asked, request, caller, credentials }: OperateRequest,
  options: OperateOptions,
): Promise<OperationOutcome> {
  const { auditor, operations } = options;
  const entityRef = stringifyEntityRef(ref);
  const event = await auditor.createEvent({
    eventId: 'operate',
    request,
    severityLevel: 'medium',
    meta: { ...asked, entityRef, ...caller },
  });
  try {
    const user = await credentials();
    const entity = await readEntity(ref, user, options);
    const { permission } = operationOf(asked);
    await requirePermission(permission, entityRef, user, options);
    const answer = await operations.perform(
      entity,
      asked,
      user.principal.userEntityRef,
    );
    await event.success({ meta: { outcome: answer.outcome } });
    return answer;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
