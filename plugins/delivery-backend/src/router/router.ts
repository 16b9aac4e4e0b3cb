import { setMaxListeners } from 'node:events';
import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import express from 'express';
import Router from 'express-promise-router';
import type { DeliveryService } from '../service/DeliveryService';
import { openApi } from './openApi';
import { readParams } from './params';
import { readEntity, type AccessOptions } from './readEntity';
import { streamDelivery, type StreamTimes } from './streamDelivery';

export interface RouterOptions extends AccessOptions {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  delivery: DeliveryService;
  /** Aborts when the plugin shuts down. */
  shutdown: AbortSignal;
  times?: StreamTimes;
}

const PATH = '/v1/entities/:kind/:namespace/:name/delivery';

/** Routes of the plugin. Each names an entity; nothing of a cluster comes from a request. */
export function createRouter(options: RouterOptions): express.Router {
  const { httpAuth, auditor, delivery, shutdown, times } = options;
  const router = Router();
  // Every open stream listens; there is no leak to warn of.
  setMaxListeners(0, shutdown);

  /** Who asks, for which entity, and whether they may; noted in the audit log. */
  async function admit(request: express.Request, queryType: string) {
    const ref = readParams(request.params);
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const event = await auditor.createEvent({
      eventId: 'fetch',
      request,
      severityLevel: 'low',
      meta: { queryType, entityRef: stringifyEntityRef(ref) },
    });
    try {
      const entity = await readEntity(ref, credentials, options);
      await event.success();
      return { ref, credentials, entity };
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  router.get(PATH, async (request, response) => {
    const { entity } = await admit(request, 'document');
    const answer = delivery.read(entity);
    response.setHeader('ETag', `"${answer.revision}"`);
    // Stored, but asked for again each time: the answer depends on who asks.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.json(answer satisfies Delivery);
  });

  router.get(`${PATH}/stream`, async (request, response) => {
    const { ref, credentials, entity } = await admit(request, 'stream');
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

  router.get('/v1/openapi.json', (_request, response) => {
    response.json(openApi());
  });

  return router;
}
