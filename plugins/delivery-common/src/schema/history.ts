import { z } from 'zod';
import { runPurposeSchema, runSchema } from './run';
import { timestampSchema } from './status';

/**
 * A finished run as it was recorded before the cluster forgot it.
 *
 * @public
 */
export const recordedRunSchema = runSchema
  .omit({ links: true, progress: true })
  .extend({
    /** uid of the Workflow. */
    uid: z.string(),
    finishedAt: timestampSchema,
    /** From its start to its end, in seconds; absent where it never began. */
    durationSeconds: z.number().min(0).optional(),
  });

/** {@inheritDoc recordedRunSchema} @public */
export type RecordedRun = z.infer<typeof recordedRunSchema>;

/**
 * How long runs of one purpose usually take.
 *
 * @public
 */
export const usualDurationSchema = z.object({
  purpose: runPurposeSchema,
  /** Median of the newest runs of this purpose that succeeded. */
  seconds: z.number().min(0),
  /** How many runs that is the median of: 1 to 20. */
  samples: z.int().min(1),
});

/** {@inheritDoc usualDurationSchema} @public */
export type UsualDuration = z.infer<typeof usualDurationSchema>;

/**
 * One page of the finished runs of an entity's pipeline.
 *
 * @public
 */
export const runHistorySchema = z.object({
  /** Newest end first. */
  runs: z.array(recordedRunSchema),
  /** Where the next page begins, to be sent as `cursor`; absent on the last. */
  nextCursor: z.string().optional(),
  usualDurations: z.array(usualDurationSchema),
});

/** {@inheritDoc runHistorySchema} @public */
export type RunHistory = z.infer<typeof runHistorySchema>;

/**
 * One sync of the Argo CD Application of an environment, as it was recorded.
 *
 * @public
 */
export const recordedDeploymentSchema = z.object({
  environment: z.string(),
  /** Name of the Argo CD Application. */
  application: z.string(),
  /** Tells Applications apart that had the same name one after the other. */
  applicationUid: z.string(),
  /** Id in the Application's `status.history`, or the start of a sync that failed. */
  id: z.string(),
  /** Whether the sync succeeded; health comes later. */
  outcome: z.enum(['succeeded', 'failed']),
  /** Commit of the manifests. */
  revision: z.string().optional(),
  /** Commit that the image was built from, where it was seen. */
  commit: z.string().optional(),
  imageTag: z.string().optional(),
  /** Why it failed, in Argo CD's words. */
  message: z.string().optional(),
  /** Name of the person; absent where Argo CD synced by itself. */
  by: z.string().optional(),
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema,
  /** When the environment was healthy with it first; absent where it never was. */
  healthyAt: timestampSchema.optional(),
});

/** {@inheritDoc recordedDeploymentSchema} @public */
export type RecordedDeployment = z.infer<typeof recordedDeploymentSchema>;

/**
 * A request to bring a commit to the next environment, as it was recorded.
 *
 * @public
 */
export const recordedPromotionSchema = z.object({
  /** Address of the pull request, or project and name of the Kargo Promotion. */
  id: z.string(),
  from: z.string().optional(),
  to: z.string(),
  commit: z.string().optional(),
  imageTag: z.string().optional(),
  /** Who asked for it. */
  by: z.string().optional(),
  pullRequest: z.url().optional(),
  /** When it was asked for; of Kargo, which does not tell, when it was done. */
  requestedAt: timestampSchema,
});

/** {@inheritDoc recordedPromotionSchema} @public */
export type RecordedPromotion = z.infer<typeof recordedPromotionSchema>;

/**
 * What was deployed where, and who asked for it.
 *
 * @public
 */
export const deploymentHistorySchema = z.object({
  /** The newest ones, newest end first. */
  deployments: z.array(recordedDeploymentSchema),
  /** The last one that succeeded, of each environment, in the order of promotion. */
  last: z.array(recordedDeploymentSchema),
  /** The newest ones, newest first. */
  promotions: z.array(recordedPromotionSchema),
});

/** {@inheritDoc deploymentHistorySchema} @public */
export type DeploymentHistory = z.infer<typeof deploymentHistorySchema>;

const limit = z.coerce.number().int().min(1).max(200);

/**
 * Query of the route that answers {@link runHistorySchema}.
 *
 * @public
 */
export const runHistoryQuerySchema = z.strictObject({
  limit: limit.default(20).describe('Runs on a page'),
  cursor: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe('`nextCursor` of the page before; none for the first page'),
});

/** {@inheritDoc runHistoryQuerySchema} @public */
export type RunHistoryQuery = z.output<typeof runHistoryQuerySchema>;

/**
 * Query of the route that answers {@link deploymentHistorySchema}.
 *
 * @public
 */
export const deploymentHistoryQuerySchema = z.strictObject({
  limit: limit.default(50).describe('Newest deployments and promotions'),
});

/** {@inheritDoc deploymentHistoryQuerySchema} @public */
export type DeploymentHistoryQuery = z.output<
  typeof deploymentHistoryQuerySchema
>;
