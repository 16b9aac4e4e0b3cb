import { z } from 'zod';
import { stageStatusSchema } from './status';

/**
 * One part of the pipeline: a resource of the graph that kro makes it from.
 *
 * @public
 */
export const partSchema = z.object({
  /** Of the resource in the ResourceGraphDefinition. */
  id: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  /** Absent where neither the object is seen nor its name can be told without it. */
  name: z.string().optional(),
  /** Absent of a part that is not seen or is of the whole cluster. */
  namespace: z.string().optional(),
  status: stageStatusSchema,
  /** What the object says of itself, or else kro of it, while it is not as it should be. */
  message: z.string().optional(),
  /** Ids of the parts that it refers to. */
  dependsOn: z.array(z.string()),
  /** Whether the object itself is seen; of the others only what kro says is known. */
  seen: z.boolean(),
  /** How many there are of it, where it is made for each item of a list. */
  count: z.int().min(0).optional(),
});

/** {@inheritDoc partSchema} @public */
export type Part = z.infer<typeof partSchema>;
