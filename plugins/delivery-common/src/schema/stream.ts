import { z } from 'zod';
import { deliverySchema } from './delivery';

/**
 * One event of the delivery stream, by its `event:` name. The `id:` of a `delivery`
 * event is the revision; a client that reconnects sends it back as `Last-Event-ID`
 * and gets no `delivery` event until something changed.
 *
 * @public
 */
export const deliveryStreamEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('delivery'), data: deliverySchema }),
  /** The stream is up and the client has the newest revision. */
  z.object({
    event: z.literal('current'),
    data: z.object({ revision: z.string() }),
  }),
  /** The stream ends and why; `expired` asks the client to come back with a new token. */
  z.object({
    event: z.literal('end'),
    data: z.object({
      reason: z.enum(['expired', 'forbidden', 'gone', 'shutdown']),
    }),
  }),
]);

/** {@inheritDoc deliveryStreamEventSchema} @public */
export type DeliveryStreamEvent = z.infer<typeof deliveryStreamEventSchema>;
