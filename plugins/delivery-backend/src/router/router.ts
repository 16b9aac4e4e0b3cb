import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  deliveryListQuerySchema,
  type Delivery,
  type DeliveryList,
  type WatchHealth,
} from '@golden-path/plugin-delivery-common';
import express from 'express';
import Router from 'express-promise-router';
import type { DeliveryService } from '../service/DeliveryService';
import { admit } from './admit';
import { MethodNotAllowedError } from './errors';
import {
  addHistoryRoutes,
  HISTORY_PATHS,
  type HistoryRoutesOptions,
} from './history';
import type { StreamTimes } from './guardStream';
import { listDeliveries } from './list/listDeliveries';
import { VisibleEntities } from './list/VisibleEntities';
import {
  addLogRoute,
  LOG_PATH,
  type LogRouteOptions,
} from './logs/addLogRoute';
import {
  addOperateRoute,
  OPERATE_PATH,
  type OperateRouteOptions,
} from './operate/addOperateRoute';
import { openApi } from './openApi';
import type { OpenStreams } from './OpenStreams';
import { readParams, readQuery } from './params';
import { readEntity, type AccessOptions } from './readEntity';
import { requireHealthRead } from './requireHealthRead';
import { streamDelivery } from './streamDelivery';
import { toWatchHealth } from './toWatchHealth';

export interface RouterOptions extends AccessOptions {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  delivery: DeliveryService;
  history: HistoryRoutesOptions['history'];
  logs: LogRouteOptions['logs'];
  operations: OperateRouteOptions['operations'];
  streams: OpenStreams;
  /** Aborts when the plugin shuts down. */
  shutdown: AbortSignal;
  times?: StreamTimes;
}

const ENTITY = '/v1/entities/:kind/:namespace/:name/delivery';

/** Routes of the plugin. Nothing of a cluster comes from a request. */
export function createRouter(options: RouterOptions): express.Router {
  const { httpAuth, auditor, delivery, streams, shutdown, times } = options;
  const visible = new VisibleEntities(options);
  const router = Router();
  // Every open stream listens; there is no leak to warn of.
  setMaxListeners(0, shutdown);

  const userOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user'] });

  /** Who asks, for which entity, and whether they may. */
  async function admitToEntity(
    request: express.Request,
    queryType: 'document' | 'stream' | 'history',
  ) {
    const ref = readParams(request.params);
    const meta = { queryType, entityRef: stringifyEntityRef(ref) };
    return admit(request, meta, auditor, async () => {
      const credentials = await userOf(request);
      const entity = await readEntity(ref, credentials, options);
      return { ref, credentials, entity };
    });
  }

  router.get(ENTITY, async (request, response) => {
    const { entity } = await admitToEntity(request, 'document');
    const answer = delivery.read(entity);
    send(response, answer satisfies Delivery, answer.revision);
  });

  // Whoever asks for the head of a stream does not want to be kept waiting for its end.
  router.head(`${ENTITY}/stream`, async (request, response) => {
    await admitToEntity(request, 'stream');
    response.type('text/event-stream').end();
  });

  router.get(`${ENTITY}/stream`, async (request, response) => {
    const { ref, credentials, entity } = await admitToEntity(request, 'stream');
    streams.opened(response);
    streamDelivery({
      entity,
      delivery,
      request,
      response,
      shutdown,
      expiresAt: credentials.expiresAt,
      readEntity: () => readEntity(ref, credentials, options),
      times,
    });
  });

  router.get('/v1/deliveries', async (request, response) => {
    const meta = { queryType: 'list' } as const;
    const answer = await admit(request, meta, auditor, async () => {
      const credentials = await userOf(request);
      const query = readQuery(deliveryListQuerySchema, request.query);
      return listDeliveries(await visible.read(credentials), query, delivery);
    });
    send(response, answer satisfies DeliveryList, digestOf(answer));
  });

  addHistoryRoutes(router, {
    history: options.history,
    delivery,
    admitToEntity: request => admitToEntity(request, 'history'),
    admitToList: request =>
      admit(request, { queryType: 'history' }, auditor, async () =>
        visible.read(await userOf(request)),
      ),
  });

  addLogRoute(router, options);
  addOperateRoute(router, options);

  router.get('/v1/health', async (request, response) => {
    const meta = { queryType: 'health' } as const;
    await admit(request, meta, auditor, async () =>
      requireHealthRead(
        await httpAuth.credentials(request, { allow: ['user', 'service'] }),
        options.permissions,
      ),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.json(
      toWatchHealth(delivery.statistics(), streams) satisfies WatchHealth,
    );
  });

  router.all(OPERATE_PATH, (request, response) => {
    response.setHeader('Allow', 'POST');
    throw new MethodNotAllowedError(
      `${request.method} is not possible here; use POST`,
    );
  });

  router.get('/v1/openapi.json', (_request, response) => {
    response.json(openApi());
  });

  router.all(
    [
      ENTITY,
      `${ENTITY}/stream`,
      '/v1/deliveries',
      '/v1/health',
      '/v1/openapi.json',
      ...HISTORY_PATHS,
      LOG_PATH,
    ],
    (request, response) => {
      response.setHeader('Allow', 'GET, HEAD');
      throw new MethodNotAllowedError(
        `${request.method} is not possible here; use GET`,
      );
    },
  );

  return router;
}

/** Stored, but asked for again each time: the answer depends on who asks. */
function send(response: express.Response, answer: object, etag: string): void {
  response.setHeader('ETag', `"${etag}"`);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.json(answer);
}

function digestOf(answer: object): string {
  return createHash('sha256')
    .update(JSON.stringify(answer))
    .digest('base64url')
    .slice(0, 22);
}
