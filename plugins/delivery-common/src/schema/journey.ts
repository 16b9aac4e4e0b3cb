import { z } from 'zod';
import { commitSchema } from './commit';
import { sentenceSchema } from './sentence';
import { linkSchema, stageStatusSchema, timestampSchema } from './status';

/**
 * The steps of a commit's way, in their order. `noticed` is of the first environment,
 * `promoted` of those after it, and `synced`, `rolled-out` and `healthy` of each.
 *
 * @public
 */
export const journeyStepKindSchema = z.enum([
  'pushed',
  'run-started',
  'built',
  'in-registry',
  'manifest-bumped',
  'promoted',
  'noticed',
  'synced',
  'rolled-out',
  'healthy',
]);

/** {@inheritDoc journeyStepKindSchema} @public */
export type JourneyStepKind = z.infer<typeof journeyStepKindSchema>;

/**
 * How a step of a journey stands; `skipped`: it did not and will not happen, because it
 * was not meant to or because a newer commit came first.
 *
 * @public
 */
export const journeyStatusSchema = z.enum([
  ...stageStatusSchema.options,
  'skipped',
]);

/** {@inheritDoc journeyStatusSchema} @public */
export type JourneyStatus = z.infer<typeof journeyStatusSchema>;

/**
 * One step of a commit's way.
 *
 * @public
 */
export const journeyStepSchema = z.object({
  /** Unique in the journey, for example `built` or `healthy:dev`. */
  id: z.string(),
  kind: journeyStepKindSchema,
  environment: z.string().optional(),
  status: journeyStatusSchema,
  /** When it was done; absent where no system remembers. */
  at: timestampSchema.optional(),
  /** What it waits for, or why it failed or was skipped. */
  sentence: sentenceSchema.optional(),
  /** For example the pull request of a promotion. */
  links: z.array(linkSchema).optional(),
});

/** {@inheritDoc journeyStepSchema} @public */
export type JourneyStep = z.infer<typeof journeyStepSchema>;

/**
 * The way of one commit from the push to the last environment. The image tag, which is
 * the full commit SHA (of the first build `initial`), is what joins the systems.
 *
 * @public
 */
export const journeySchema = z.object({
  /** Unique in the document. */
  tag: z.string(),
  /** The full commit SHA where the tag is one. */
  commit: z.string().optional(),
  /** As far as its Git host has told. */
  about: commitSchema.optional(),
  /** Name of the newest run that builds it. */
  run: z.string().optional(),
  /** That of the step which it is at. */
  status: journeyStatusSchema,
  /** Id of the step that it is at; absent where it is through. */
  current: z.string().optional(),
  /** When it began, as far as is known. */
  startedAt: timestampSchema.optional(),
  steps: z.array(journeyStepSchema),
});

/** {@inheritDoc journeySchema} @public */
export type Journey = z.infer<typeof journeySchema>;
