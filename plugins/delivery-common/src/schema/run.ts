import { z } from 'zod';
import { sentenceSchema } from './sentence';
import { linkSchema, stageStatusSchema, timestampSchema } from './status';

/**
 * Tag of the first image, the only one that names no commit: the first build runs before
 * anything is pushed.
 *
 * @see the parameter `image-tag` of `<name>-initial-build-workflow`
 * @public
 */
export const INITIAL_IMAGE_TAG = 'initial';

/**
 * One attempt at a step that is retried. Its pod, and with it its log, is that of the
 * node `id`.
 *
 * @public
 */
export const attemptSchema = z.object({
  id: z.string(),
  phase: z.string(),
  status: stageStatusSchema,
  message: z.string().optional(),
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
});

/** {@inheritDoc attemptSchema} @public */
export type Attempt = z.infer<typeof attemptSchema>;

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
  /** Of a step with a retry strategy, the first one first. */
  attempts: z.array(attemptSchema).optional(),
  /** Whether a hook or an exit handler made it: it decides nothing about the steps after it. */
  hook: z.boolean().optional(),
  /** Whether it keeps running beside the steps after it, which do not wait for its end. */
  daemon: z.boolean().optional(),
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
  /** Nodes that the controller keeps of it, groups among them; absent where they are elsewhere. */
  nodeCount: z.int().min(0).optional(),
  steps: z.array(stepSchema),
  /** Why `steps` does not tell everything, where it does not. */
  stepsNote: sentenceSchema.optional(),
  /** Who started it, where Argo Workflows knows: the person or account that submitted it. */
  startedBy: z.string().optional(),
  /** Name of the run that this one repeats. */
  resubmittedFrom: z.string().optional(),
  /** How long Argo Workflows expects it to take, from earlier runs of the same template. */
  estimatedSeconds: z.int().min(0).optional(),
  /** How long runs like this one usually take: the median of those that are in the history. */
  usualSeconds: z.number().min(0).optional(),
  links: z.array(linkSchema),
});

/** {@inheritDoc runSchema} @public */
export type Run = z.infer<typeof runSchema>;
