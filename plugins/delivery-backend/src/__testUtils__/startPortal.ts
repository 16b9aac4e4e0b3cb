import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { tokenTypes } from '@backstage/plugin-auth-node';
import catalogBackend from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import permissionBackend from '@backstage/plugin-permission-backend';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import Router from 'express-promise-router';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { deliveryPlugin } from '../plugin';
import { deliveryOver } from './deliveryOver';
import { MemoryCluster } from './MemoryCluster';
import { recordAudit, type AuditRecord } from './recordAudit';

export interface PortalOptions {
  entities: Entity[];
  objects: object[];
  policy: PermissionPolicy;
  /** What each user owns. */
  ownership: Record<string, string[]>;
  /** Beside the plugin, or in place of its services. */
  features?: BackendFeature[];
}

export const SERVICE_TOKEN = 'token-of-a-service';
export const RESTRICTED_TOKEN = 'token-of-a-restricted-service';

/**
 * The plugin among the real ones: Backstage's authentication with signed tokens, its
 * permission framework, and the catalog with its rules.
 */
export async function startPortal(options: PortalOptions) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
  const audit: AuditRecord[] = [];
  const cluster = new MemoryCluster('local').put(...options.objects);
  cluster.flush();

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          backend: {
            actions: { pluginSources: ['delivery'] },
            auth: {
              externalAccess: [
                {
                  type: 'static',
                  options: { token: SERVICE_TOKEN, subject: 'ci' },
                },
                {
                  type: 'static',
                  options: { token: RESTRICTED_TOKEN, subject: 'other' },
                  accessRestrictions: [
                    { plugin: 'delivery', permission: ['delivery.read'] },
                  ],
                },
              ],
            },
          },
        },
      }),
      authServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          async getUserInfo({ principal }) {
            const { userEntityRef } = principal as { userEntityRef: string };
            return {
              userEntityRef,
              ownershipEntityRefs: options.ownership[userEntityRef] ?? [],
            };
          },
        }),
      }),
      recordAudit(audit),
      signIn(key),
      permissionBackend,
      createBackendModule({
        pluginId: 'permission',
        moduleId: 'policy',
        register(env) {
          env.registerInit({
            deps: { policy: policyExtensionPoint },
            async init({ policy }) {
              policy.setPolicy(options.policy);
            },
          });
        },
      }),
      catalogBackend,
      catalogOf(options.entities),
      deliveryPlugin,
      ...(options.features ?? []),
      deliveryOver(cluster),
    ],
  });

  return {
    server: backend.server,
    stop: () => backend.stop(),
    cluster,
    audit,
    /** Signs a token of a user as the auth plugin does. */
    async tokenOf(user: string, secondsToLive = 3600) {
      const exp = Math.floor(Date.now() / 1000) + secondsToLive;
      const claims = { sub: user, iat: exp - 7200, exp };
      const sign = (payload: JWTPayload, typ: string) =>
        new SignJWT(payload)
          .setProtectedHeader({ typ, alg: key.alg, kid: key.kid })
          .sign(privateKey);
      // With its signature, plugins ask each other on behalf of the user.
      const limited = await sign(claims, tokenTypes.limitedUser.typParam);
      return sign(
        { ...claims, ent: [user], uip: limited.split('.')[2] },
        tokenTypes.user.typParam,
      );
    },
  };
}

/** Publishes the key that user tokens are signed with. */
function signIn(key: object) {
  return createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const router = Router();
          router.get('/.well-known/jwks.json', (_request, response) => {
            response.json({ keys: [key] });
          });
          httpRouter.use(router);
          httpRouter.addAuthPolicy({
            path: '/.well-known/jwks.json',
            allow: 'unauthenticated',
          });
        },
      });
    },
  });
}

/** Feeds entities to the catalog, which processes them as any others. */
function catalogOf(entities: Entity[]) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'given',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'given',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: entities.map(entity => ({
                  entity: {
                    ...entity,
                    metadata: {
                      ...entity.metadata,
                      annotations: {
                        ...entity.metadata.annotations,
                        'backstage.io/managed-by-location': 'url:http://given/',
                        'backstage.io/managed-by-origin-location':
                          'url:http://given/',
                      },
                    },
                  },
                })),
              }),
          });
        },
      });
    },
  });
}
