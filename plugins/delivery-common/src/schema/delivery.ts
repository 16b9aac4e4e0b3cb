import { z } from 'zod';
import { environmentSchema } from './environment';
import { journeySchema } from './journey';
import { partSchema } from './part';
import { runSchema } from './run';
import { sentenceSchema } from './sentence';
import { sourceHealthSchema } from './sourceHealth';
import { stageSchema } from './stage';
import { stageStatusSchema } from './status';

/**
 * Everything that is known about the golden path of one entity.
 *
 * @remarks
 * Holds no Secret data, no workflow parameters but the image tag, no environment
 * values and no manifests.
 *
 * @public
 */
export const deliverySchema = z.object({
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: z.string(),
  /** Changes exactly when anything else in the document changes; also its ETag. */
  revision: z.string(),
  /** Where the annotations of the entity point to. */
  location: z.object({
    cluster: z.string(),
    resourceGroup: z.string(),
    instanceName: z.string(),
    instanceNamespace: z.string(),
  }),
  /** How it stands as a whole, in one status and sentence. */
  summary: z.object({
    status: stageStatusSchema,
    sentence: sentenceSchema,
    /** Id of the stage that decided, where one did. */
    stage: z.string().optional(),
  }),
  /** In the order of the golden path. */
  stages: z.array(stageSchema),
  /**
   * What kro makes the pipeline of, in the order in which it does; empty where its
   * ResourceGraphDefinition cannot be read.
   */
  parts: z.array(partSchema).optional(),
  /** Newest first. */
  runs: z.array(runSchema),
  /** Ways of the newest commits, newest first. */
  journeys: z.array(journeySchema).optional(),
  /** In the order of promotion. */
  environments: z.array(environmentSchema),
  /** Whether its cluster has an account to operate it with. */
  operable: z.boolean().optional(),
  /** Why it has none, and what to do. */
  notOperable: sentenceSchema.optional(),
  /** Every source that the document was made from. */
  sources: z.array(sourceHealthSchema),
});

/** {@inheritDoc deliverySchema} @public */
export type Delivery = z.infer<typeof deliverySchema>;
