import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';

const { privateKey, publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
const KEY_ID = randomUUID();

const encode = (part: object) =>
  Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A token of a user as Backstage's auth plugin makes it.
 *
 * @param lifetime - in seconds
 */
export function userToken(lifetime = 3600): string {
  const iat = Math.floor(Date.now() / 1000);
  const head = encode({ typ: 'vnd.backstage.user', alg: 'ES256', kid: KEY_ID });
  const body = encode({
    iss: 'http://localhost/api/auth',
    sub: 'user:default/canary',
    aud: 'backstage',
    iat,
    exp: iat + lifetime,
    uip: randomUUID(),
  });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

/** Serves the key of {@link userToken}, as the auth plugin does. */
export const keyPlugin = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const router = Router();
        const jwk = publicKey.export({ format: 'jwk' });
        router.get('/.well-known/jwks.json', (_request, response) => {
          response.json({ keys: [{ ...jwk, alg: 'ES256', kid: KEY_ID }] });
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});
