import { z } from 'zod';
import { deliveryListQuerySchema } from './deliveryList';
import { timestampSchema } from './status';

const seconds = z.number().min(0);

/**
 * The four DORA figures of one or several pipelines in a span of time. A figure that
 * there is not enough data for is absent, never zero.
 *
 * @see https://dora.dev/guides/dora-metrics-four-keys/
 * @public
 */
export const doraFiguresSchema = z.object({
  window: z.object({
    from: timestampSchema,
    to: timestampSchema,
    /** Days of it that the history covers. */
    observedDays: z.number().min(0),
  }),
  /** Changes that came to production, per day. Absent where none did. */
  deploymentFrequency: z
    .object({ perDay: z.number().positive(), deployments: z.int().min(1) })
    .optional(),
  /** From the push of a commit until production was healthy with it. */
  leadTimeForChanges: z
    .object({ medianSeconds: seconds, samples: z.int().min(1) })
    .optional(),
  /** Changes that failed, degraded production or were rolled back, of all changes. */
  changeFailureRate: z
    .object({
      ratio: z.number().min(0).max(1),
      failed: z.int().min(0),
      changes: z.int().min(1),
    })
    .optional(),
  /** From the failure of a change until production was healthy again. */
  timeToRestore: z
    .object({ medianSeconds: seconds, samples: z.int().min(1) })
    .optional(),
  /** Failures of the window that are not over. */
  unrestored: z.int().min(0),
});

/** {@inheritDoc doraFiguresSchema} @public */
export type DoraFigures = z.infer<typeof doraFiguresSchema>;

/**
 * The figures of a window, and on demand of its parts.
 *
 * @public
 */
export const doraSchema = doraFiguresSchema.extend({
  /**
   * Of as many equal parts of the window as were asked for, the oldest first. Each change
   * is in one of them.
   */
  trend: z.array(doraFiguresSchema).optional(),
});

/** {@inheritDoc doraSchema} @public */
export type Dora = z.infer<typeof doraSchema>;

/**
 * Query of the route that answers {@link doraSchema} for an entity.
 *
 * @public
 */
export const doraQuerySchema = z.strictObject({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('Length of the window that ends now'),
  parts: z.coerce
    .number()
    .int()
    .min(2)
    .max(60)
    .optional()
    .describe(
      'Equal parts of the window that `trend` tells the figures of too; none for no trend',
    ),
});

/** {@inheritDoc doraQuerySchema} @public */
export type DoraQuery = z.output<typeof doraQuerySchema>;

/**
 * Query of the route that answers {@link doraSchema} for several golden paths taken
 * together: for all that the user may see, or those that a list with the same parameters
 * has. How they stand now is none of them, which would choose the figures by themselves.
 *
 * @public
 */
export const fleetDoraQuerySchema = doraQuerySchema.extend(
  deliveryListQuerySchema.pick({ owner: true, cluster: true, search: true })
    .shape,
);

/** {@inheritDoc fleetDoraQuerySchema} @public */
export type FleetDoraQuery = z.output<typeof fleetDoraQuerySchema>;

/**
 * The figures of each of some entities by itself.
 *
 * @public
 */
export const entityDoraListSchema = z.object({
  /** In the order in which they were asked for; without those that the user may not see. */
  items: z.array(
    z.object({
      /** Full entity reference, for example `component:default/checkout`. */
      entityRef: z.string(),
      figures: doraFiguresSchema,
    }),
  ),
});

/** {@inheritDoc entityDoraListSchema} @public */
export type EntityDoraList = z.infer<typeof entityDoraListSchema>;

/**
 * Query of the route that answers {@link entityDoraListSchema}.
 *
 * @public
 */
export const entityDoraListQuerySchema = doraQuerySchema
  .omit({ parts: true })
  .extend({
    entityRef: z
      .preprocess(
        given =>
          given === undefined || Array.isArray(given) ? given : [given],
        z.array(z.string().min(1).max(400)).min(1).max(100),
      )
      .describe(
        'Full entity reference, for example `component:default/checkout`; given once for each entity',
      ),
  });

/** {@inheritDoc entityDoraListQuerySchema} @public */
export type EntityDoraListQuery = z.output<typeof entityDoraListQuerySchema>;
