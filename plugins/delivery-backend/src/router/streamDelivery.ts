import type { Entity } from '@backstage/catalog-model';
import type {
  Delivery,
  DeliveryStreamEvent,
} from '@golden-path/plugin-delivery-common';
import type { Request, Response } from 'express';
import type { DeliveryService } from '../service/DeliveryService';
import { guardStream, type StreamTimes } from './guardStream';
import { SseResponse } from './SseResponse';

export interface StreamOptions {
  entity: Entity;
  delivery: Pick<DeliveryService, 'read' | 'subscribe'>;
  request: Request;
  response: Response;
  /** Aborts when the plugin shuts down. */
  shutdown: AbortSignal;
  /** When the token of the user ends. */
  expiresAt?: Date;
  /** Reads the entity anew as the user; throws when that is no longer allowed. */
  readEntity(): Promise<Entity>;
  times?: StreamTimes;
}

/**
 * Streams the delivery of an entity until the reader leaves, the user may no longer see
 * it, or the plugin shuts down.
 */
export function streamDelivery(options: StreamOptions): void {
  const { delivery, request, response, shutdown, expiresAt, times } = options;
  const sse = SseResponse.open(response);
  const emit = (event: DeliveryStreamEvent, id?: string) =>
    sse.send({ ...event, id });
  let sent = request.get('last-event-id');
  let annotations = '';
  let unsubscribe = () => {};
  let closed = false;

  const show = (document: Delivery) => {
    if (document.revision !== sent) {
      sent = document.revision;
      emit({ event: 'delivery', data: document }, document.revision);
    }
  };

  const follow = (entity: Entity) => {
    const current = JSON.stringify(entity.metadata.annotations);
    if (!closed && current !== annotations) {
      annotations = current;
      unsubscribe();
      unsubscribe = delivery.subscribe(entity, show);
      show(delivery.read(entity));
    }
  };

  const resumed = sent;
  follow(options.entity);
  if (resumed !== undefined && sent === resumed) {
    emit({ event: 'current', data: { revision: resumed } });
  }
  guardStream({
    response,
    shutdown,
    expiresAt,
    times,
    heartbeat: () => sse.heartbeat(),
    reauthorise: async () => follow(await options.readEntity()),
    onEnd(reason) {
      closed = true;
      unsubscribe();
      if (reason) {
        sse.end({ event: 'end', data: { reason } });
      }
    },
  });
}
