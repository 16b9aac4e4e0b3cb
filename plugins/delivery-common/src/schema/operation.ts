import { z } from 'zod';
import { sentenceSchema } from './sentence';
import { linkSchema } from './status';

const environment = z
  .string()
  .min(1)
  .max(63)
  .describe('Name of an environment of the delivery, for example `dev`');
const run = z
  .string()
  .min(1)
  .max(253)
  .describe('Name of a run of the delivery');

/**
 * What somebody asks to be done to a golden path. Environments and runs are those that
 * the delivery of the entity shows; nothing else can be named.
 *
 * - `refresh`: Argo CD compares with Git now
 * - `sync`: Argo CD brings the cluster to what Git says
 * - `terminate-sync`: Argo CD ends the operation that is running
 * - `rollback`: an earlier deployment again; by a pull request where Argo CD syncs by itself
 * - `retry-run`: the failed steps of a run once more
 * - `resubmit-run`: a new run of the same
 * - `stop-run`: no further step but the exit handlers; `terminate-run`: not even these
 * - `start-run`: the pipeline as a push would start it
 * - `suspend-pipeline`, `resume-pipeline`: kro lets it be, or looks after it again
 * - `promote`: the image of the environment before into this one; with `tag`, only as long as
 *   that is the one
 *
 * @public
 */
export const operationRequestSchema = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('refresh'), environment }),
  z.strictObject({ operation: z.literal('sync'), environment }),
  z.strictObject({ operation: z.literal('terminate-sync'), environment }),
  z.strictObject({
    operation: z.literal('rollback'),
    environment,
    deployment: z
      .int()
      .min(0)
      .describe('`id` of a deployment in the history of the environment'),
  }),
  z.strictObject({ operation: z.literal('retry-run'), run }),
  z.strictObject({ operation: z.literal('resubmit-run'), run }),
  z.strictObject({ operation: z.literal('stop-run'), run }),
  z.strictObject({ operation: z.literal('terminate-run'), run }),
  z.strictObject({ operation: z.literal('start-run') }),
  z.strictObject({ operation: z.literal('suspend-pipeline') }),
  z.strictObject({ operation: z.literal('resume-pipeline') }),
  z.strictObject({
    operation: z.literal('promote'),
    environment,
    tag: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe('Tag that the environment before must hold, as it was shown'),
  }),
]);

/** {@inheritDoc operationRequestSchema} @public */
export type OperationRequest = z.infer<typeof operationRequestSchema>;

/** Name of an operation. @public */
export type OperationName = OperationRequest['operation'];

/**
 * What came of an operation. What it leads to is on the delivery stream.
 *
 * @public
 */
export const operationOutcomeSchema = z.object({
  /** `unchanged`: it was so already, for example a sync that is running. */
  outcome: z.enum(['accepted', 'unchanged']),
  sentence: sentenceSchema,
  /** For example the pull request of a promotion. */
  link: linkSchema.optional(),
  /** Name of the run that was made. */
  run: z.string().optional(),
});

/** {@inheritDoc operationOutcomeSchema} @public */
export type OperationOutcome = z.infer<typeof operationOutcomeSchema>;
