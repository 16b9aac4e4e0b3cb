import { z } from 'zod';
import { timestampSchema } from './status';

/**
 * A Kargo Stage that stands for an environment.
 *
 * @public
 */
export const kargoStageSchema = z.object({
  /** Also the namespace. */
  project: z.string(),
  name: z.string(),
  /** Freight that the Stage holds. */
  freight: z
    .object({
      name: z.string(),
      alias: z.string().optional(),
      images: z.array(z.string()),
    })
    .optional(),
  /** `Healthy`, `Unhealthy`, `Progressing`, `Unknown` or `NotApplicable`. */
  health: z.string().optional(),
  /** Whether the Freight is verified in this Stage. */
  verified: z.boolean(),
  autoPromotion: z.boolean().optional(),
  /** The running or last Promotion. */
  promotion: z
    .object({
      name: z.string(),
      /** Name of the Freight. */
      freight: z.string().optional(),
      /** `Pending`, `Running`, `Succeeded`, `Failed`, `Errored` or `Aborted`. */
      phase: z.string().optional(),
      message: z.string().optional(),
      finishedAt: timestampSchema.optional(),
    })
    .optional(),
});

/** {@inheritDoc kargoStageSchema} @public */
export type KargoStage = z.infer<typeof kargoStageSchema>;
