import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  Delivery,
  DeliveryStreamEvent,
} from '@golden-path/plugin-delivery-common';
import type { Request, Response } from 'express';
import type { DeliveryService } from '../service/DeliveryService';
import { SseResponse } from './SseResponse';

/** How often a stream does what, in milliseconds. */
export interface StreamTimes {
  heartbeatMs: number;
  /** At most; a little less, and differently so for each stream. */
  reauthoriseMs: number;
}

export const STREAM_TIMES: StreamTimes = {
  heartbeatMs: 15_000,
  reauthoriseMs: 60_000,
};

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

type EndReason = Extract<
  DeliveryStreamEvent,
  { event: 'end' }
>['data']['reason'];

/** Longer waits overflow Node's timers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Streams the delivery of an entity until the reader leaves, the user may no longer see
 * it, or the plugin shuts down.
 */
export function streamDelivery(options: StreamOptions): void {
  const { delivery, request, response, shutdown, expiresAt } = options;
  const { heartbeatMs, reauthoriseMs } = options.times ?? STREAM_TIMES;
  const sse = SseResponse.open(response);
  const emit = (event: DeliveryStreamEvent, id?: string) =>
    sse.send({ ...event, id });
  const timers: NodeJS.Timeout[] = [];
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
    if (current !== annotations) {
      annotations = current;
      unsubscribe();
      unsubscribe = delivery.subscribe(entity, show);
      show(delivery.read(entity));
    }
  };

  const listening = new AbortController();

  const close = () => {
    if (!closed) {
      closed = true;
      timers.forEach(clearTimeout);
      listening.abort();
      unsubscribe();
    }
  };

  const end = (reason: EndReason) => {
    if (!closed) {
      close();
      sse.end({ event: 'end', data: { reason } });
    }
  };

  const reauthorise = async () => {
    try {
      const entity = await options.readEntity();
      if (!closed) {
        follow(entity);
      }
    } catch (error) {
      end(reasonOf(error));
    }
  };

  response.on('close', close);
  shutdown.addEventListener('abort', () => end('shutdown'), {
    signal: listening.signal,
  });
  timers.push(
    setInterval(() => sse.heartbeat(), heartbeatMs),
    setInterval(reauthorise, reauthoriseMs * spread()),
  );
  if (expiresAt) {
    const remaining = Math.max(expiresAt.getTime() - Date.now(), 0);
    timers.push(
      setTimeout(() => end('expired'), Math.min(remaining, LONGEST_TIMER_MS)),
    );
  }

  const resumed = sent;
  follow(options.entity);
  if (resumed !== undefined && sent === resumed) {
    emit({ event: 'current', data: { revision: resumed } });
  }
  if (shutdown.aborted) {
    end('shutdown');
  }
}

/** Streams that were opened together need not ask together for ever. */
function spread(): number {
  return 0.8 + Math.random() * 0.2;
}

/**
 * What cannot be decided (the catalog does not answer) ends the stream too: the client
 * comes back and is answered by the ordinary route.
 */
function reasonOf(error: unknown): EndReason {
  if (NotFoundError.is(error)) {
    return 'gone';
  }
  return NotAllowedError.is(error) ? 'forbidden' : 'expired';
}
