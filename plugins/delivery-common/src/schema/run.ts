import { z } from 'zod';
import { linkSchema, stageStatusSchema, timestampSchema } from './status';

/**
 * One step of a run: a leaf of the Workflow's node tree, in the order of execution, or a
 * task of its template that has not begun.
 *
 * @public
 */
export const stepSchema = z.object({
  id: z.string(),
  /** `displayName` of the node. */
  name: z.string(),
  /** `templateName` of the node. */
  template: z.string().optional(),
  /** Argo's node type, for example `Pod`, `Suspend`, `Skipped`; `Planned` before it begins. */
  type: z.string(),
  /** Argo's node phase as it is written there; `Pending` before it begins. */
  phase: z.string(),
  status: stageStatusSchema,
  message: z.string().optional(),
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
  /** Ids of the steps that come directly before this one. */
  dependsOn: z.array(z.string()),
});

/** {@inheritDoc stepSchema} @public */
export type Step = z.infer<typeof stepSchema>;

/**
 * What a run is for: the one-time set-up, the one-time first build, a build started
 * by a push, or any other Workflow of the pipeline's template (started by hand).
 *
 * @public
 */
export const runPurposeSchema = z.enum([
  'setup',
  'initial-build',
  'build',
  'manual',
]);

/** {@inheritDoc runPurposeSchema} @public */
export type RunPurpose = z.infer<typeof runPurposeSchema>;

/**
 * One Argo Workflow of the pipeline.
 *
 * @public
 */
export const runSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  purpose: runPurposeSchema,
  /** Argo's phase; `Pending` while the controller has written none. */
  phase: z.string(),
  status: stageStatusSchema,
  /** Tag of the image that the run builds: the full commit SHA, or `initial`. */
  imageTag: z.string().optional(),
  /** The full commit SHA where the image tag is one. */
  commit: z.string().optional(),
  message: z.string().optional(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
  /** Argo's `n/m`. */
  progress: z
    .object({ done: z.int().min(0), total: z.int().min(0) })
    .optional(),
  steps: z.array(stepSchema),
  links: z.array(linkSchema),
});

/** {@inheritDoc runSchema} @public */
export type Run = z.infer<typeof runSchema>;
