import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';

/**
 * Tells the page "Local platform" how far the embedded platform is. Of this
 * repository's own portal only; nothing that an adopter installs.
 */
export default createBackendPlugin({
  pluginId: 'local-platform',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
      },
      async init({ config, httpRouter }) {
        const directory = config.getOptionalString('localPlatform.directory');
        const router = Router();
        router.get('/status', async (_request, response) => {
          if (!directory) {
            throw new NotFoundError(
              'No local platform: the portal uses an existing cluster',
            );
          }
          const file = join(directory, 'status.json');
          if (!existsSync(file)) {
            throw new NotFoundError('The local platform has not been started');
          }
          response.type('application/json').send(await readFile(file, 'utf8'));
        });
        httpRouter.use(router);
      },
    });
  },
});
