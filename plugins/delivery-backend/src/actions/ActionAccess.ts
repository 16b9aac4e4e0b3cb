import type {
  AuditorService,
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { admit, type AuditedCaller } from '../router/admit';
import { readEntityOfLogs } from '../router/logs/readEntityOfLogs';
import { readParams } from '../router/params';
import { readEntity, type AccessOptions } from '../router/readEntity';

export interface ActionAccessOptions extends AccessOptions {
  auth: AuthService;
  auditor: AuditorService;
}

/** Lets actions read what their caller may see, as the routes do. */
export class ActionAccess {
  constructor(private readonly options: ActionAccessOptions) {}

  /** Reads an entity as the caller, who must have `delivery.read` for it. */
  async read(
    entity: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const ref = refOf(entity);
    const { auditor } = this.options;
    const meta = {
      queryType: 'document',
      entityRef: stringifyEntityRef(ref),
      ...this.callerOf(credentials),
    } as const;
    return admit(undefined, meta, auditor, () =>
      readEntity(ref, this.userOf(credentials), this.options),
    );
  }

  /** The same, where the caller must have `delivery.logs.read` too. */
  async readForLog(
    entity: string,
    asked: { run: string; step?: string },
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const ref = refOf(entity);
    const { auditor } = this.options;
    const meta = {
      queryType: 'log',
      entityRef: stringifyEntityRef(ref),
      ...asked,
      ...this.callerOf(credentials),
    } as const;
    return admit(undefined, meta, auditor, () =>
      readEntityOfLogs(ref, this.userOf(credentials), this.options),
    );
  }

  /** Who asks, for the audit log, which finds that out by itself for requests only. */
  callerOf(credentials: BackstageCredentials): AuditedCaller {
    const { auth } = this.options;
    if (auth.isPrincipal(credentials, 'user')) {
      return { user: credentials.principal.userEntityRef };
    }
    return auth.isPrincipal(credentials, 'service')
      ? { service: credentials.principal.subject }
      : {};
  }

  /** @throws NotAllowedError for services: what is shown depends on who looks */
  userOf(
    credentials: BackstageCredentials,
  ): BackstageCredentials<BackstageUserPrincipal> {
    if (!this.options.auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'This action is for users; call it with the token of one',
      );
    }
    return credentials;
  }
}

/** @throws InputError for what names no entity */
export function refOf(entity: string): CompoundEntityRef {
  try {
    return readParams(
      parseEntityRef(entity, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `Field "entity" is ${JSON.stringify(
        entity,
      )}: it must be an entity reference such as "component:default/checkout"`,
    );
  }
}
