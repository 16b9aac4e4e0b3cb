import { z } from 'zod';
import { sourceHealthSchema } from './sourceHealth';
import { timestampSchema } from './status';

/**
 * How the watch of one kind in one cluster does. Counters begin with the backend.
 *
 * @public
 */
export const watchedKindHealthSchema = z.object({
  /** API group, `''` for the core group. */
  group: z.string(),
  /** Served version in use, once discovered. */
  version: z.string().optional(),
  kind: z.string(),
  state: sourceHealthSchema.shape.state,
  /** When it came to this state. */
  since: timestampSchema,
  /** Objects held now. */
  objects: z.int().min(0),
  /** Changes that the API server told of; bookmarks are none. */
  events: z.int().min(0),
  /** Complete lists after the first one. */
  relists: z.int().min(0),
  /** Watches opened after the first one; one ends by itself every few minutes. */
  reconnects: z.int().min(0),
  /** When the API server last sent an event or a bookmark. */
  lastEventAt: timestampSchema.optional(),
  /** Seconds since the last sign of life: an event, or the change to this state. */
  ageSeconds: z.number().min(0),
});

/** {@inheritDoc watchedKindHealthSchema} @public */
export type WatchedKindHealth = z.infer<typeof watchedKindHealthSchema>;

/**
 * How the watches of one backend process do. Names clusters and kinds, never an object,
 * and gives no reasons: those could quote what a cluster answered.
 *
 * @public
 */
export const watchHealthSchema = z.object({
  /** `degraded` where a kind is neither live nor known not to be installed. */
  status: z.enum(['ok', 'degraded']),
  clusters: z.array(
    z.object({
      name: z.string(),
      /** Watched now; empty while no entity points to the cluster. */
      kinds: z.array(watchedKindHealthSchema),
    }),
  ),
  /** Event streams open now. */
  openStreams: z.int().min(0),
  /** Entities whose delivery is held in memory now. */
  entries: z.int().min(0),
  /** Deliveries computed since the backend started. */
  computations: z.int().min(0),
});

/** {@inheritDoc watchHealthSchema} @public */
export type WatchHealth = z.infer<typeof watchHealthSchema>;
