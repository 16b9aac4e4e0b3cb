import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { stepLogQuerySchema } from '@golden-path/plugin-delivery-common';
import type express from 'express';
import type { StepLogs } from '../../logs/StepLogs';
import { whenOver } from '../../logs/whenOver';
import type { DeliveryService } from '../../service/DeliveryService';
import { admit } from '../admit';
import type { StreamTimes } from '../guardStream';
import type { OpenStreams } from '../OpenStreams';
import { readParams, readQuery } from '../params';
import type { AccessOptions } from '../readEntity';
import { readEntityOfLogs } from './readEntityOfLogs';
import { readStepParams } from './readStepParams';
import { sendLog } from './sendLog';

export interface LogRouteOptions extends AccessOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  delivery: Pick<DeliveryService, 'read' | 'subscribe'>;
  logs: Pick<StepLogs, 'open'>;
  streams: OpenStreams;
  shutdown: AbortSignal;
  times?: StreamTimes;
}

/** Path of {@link addLogRoute}. */
export const LOG_PATH =
  '/v1/entities/:kind/:namespace/:name/runs/:run/steps/:step/logs';

/** As the cluster writes the time of a line. */
const LINE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** The route to the log of a step; the pod comes from the delivery, not from the request. */
export function addLogRoute(
  router: express.Router,
  options: LogRouteOptions,
): void {
  const { auditor, httpAuth, delivery, logs, streams } = options;

  router.get(LOG_PATH, async (request, response) => {
    const ref = readParams(request.params);
    const asked = readStepParams(request.params);
    const query = readQuery(stepLogQuerySchema, request.query);
    const entityRef = stringifyEntityRef(ref);
    const meta = { queryType: 'log', entityRef, ...asked } as const;
    const { entity, credentials } = await admit(
      request,
      meta,
      auditor,
      async () => {
        const user = await httpAuth.credentials(request, { allow: ['user'] });
        return {
          credentials: user,
          entity: await readEntityOfLogs(ref, user, options),
        };
      },
    );
    const last = request.get('last-event-id') ?? '';
    const reading = new AbortController();
    // Also while the cluster is still asked.
    response.on('close', () => reading.abort());
    const log = await logs.open(
      delivery.read(entity),
      { ...asked, ...query, after: LINE_TIME.test(last) ? last : undefined },
      AbortSignal.any([reading.signal, options.shutdown]),
    );
    if (request.method === 'HEAD') {
      response.type('text/event-stream').end();
      return;
    }
    streams.opened(response);
    await sendLog({
      log,
      onOver: callback =>
        query.follow &&
        whenOver({ delivery, entity, log, signal: reading.signal }, callback),
      request,
      response,
      reading,
      shutdown: options.shutdown,
      expiresAt: credentials.expiresAt,
      reauthorise: async () => {
        await readEntityOfLogs(ref, credentials, options);
      },
      times: options.times,
    });
  });
}
