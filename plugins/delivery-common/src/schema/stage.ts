import { z } from 'zod';
import { operationRequestSchema } from './operation';
import { sentenceSchema } from './sentence';
import { linkSchema, stageStatusSchema, timestampSchema } from './status';

/**
 * The kinds of stages, in the order of the golden path; `deploy` and `run` exist
 * once per environment, `promotion` between two environments.
 *
 * @public
 */
export const stageKindSchema = z.enum([
  'source',
  'pipeline',
  'trigger',
  'build',
  'image',
  'deploy',
  'run',
  'promotion',
]);

/** {@inheritDoc stageKindSchema} @public */
export type StageKind = z.infer<typeof stageKindSchema>;

/**
 * Why a stage is not succeeding and what to do next.
 *
 * @public
 */
export const diagnosisSchema = z.object({
  cause: sentenceSchema,
  /** The system's own words, for example a condition's message. */
  evidence: z.string().optional(),
  nextStep: sentenceSchema,
  /** What does the next step, where the portal can. */
  operation: operationRequestSchema.optional(),
  /** Set where things take their usual course, so that nobody needs to be alarmed. */
  routine: z.literal(true).optional(),
});

/** {@inheritDoc diagnosisSchema} @public */
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/**
 * One stage of the golden path.
 *
 * @public
 */
export const stageSchema = z.object({
  /** Unique in the document and stable, for example `build` or `deploy:dev`. */
  id: z.string(),
  kind: stageKindSchema,
  /** Of `deploy`, `run` and `promotion` (there: the environment promoted to). */
  environment: z.string().optional(),
  status: stageStatusSchema,
  /** What the system itself prints, for example `ACTIVE · Ready=True` or `Synced · Healthy`. */
  word: z.string().optional(),
  sentence: sentenceSchema,
  /** When the stage came to this status, where its system says so. */
  since: timestampSchema.optional(),
  links: z.array(linkSchema),
  diagnosis: diagnosisSchema.optional(),
  /** Set where the facts behind this stage can be older than they should be. */
  staleSince: timestampSchema.optional(),
});

/** {@inheritDoc stageSchema} @public */
export type Stage = z.infer<typeof stageSchema>;
