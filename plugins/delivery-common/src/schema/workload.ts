import { z } from 'zod';
import { timestampSchema } from './status';

/**
 * A pod that does not do what it should, and its container's last words.
 *
 * @public
 */
export const podProblemSchema = z.object({
  pod: z.string(),
  namespace: z.string(),
  /** Absent where the whole pod is concerned. */
  container: z.string().optional(),
  trouble: z.enum([
    'image-pull',
    'configuration',
    'crash-loop',
    'out-of-memory',
    'failed',
    'evicted',
    'unschedulable',
    'not-ready',
  ]),
  /** Kubernetes' word, for example `ImagePullBackOff`. */
  reason: z.string().optional(),
  /** Kubernetes' or the container's own words. */
  message: z.string().optional(),
  exitCode: z.int().optional(),
  restarts: z.int().min(0),
  since: timestampSchema.optional(),
});

/** {@inheritDoc podProblemSchema} @public */
export type PodProblem = z.infer<typeof podProblemSchema>;

/**
 * A metric of a canary analysis.
 *
 * @public
 */
export const analysisSchema = z.object({
  /** Name of the AnalysisRun. */
  name: z.string(),
  /** `Pending`, `Running`, `Successful`, `Failed`, `Error` or `Inconclusive`. */
  phase: z.string().optional(),
  /** Metric that decided, where one did. */
  metric: z.string().optional(),
  message: z.string().optional(),
});

/** {@inheritDoc analysisSchema} @public */
export type Analysis = z.infer<typeof analysisSchema>;

/**
 * An Argo Rollouts Rollout.
 *
 * @public
 */
export const rolloutSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  /** `Healthy`, `Progressing`, `Paused` or `Degraded`. */
  phase: z.string().optional(),
  message: z.string().optional(),
  /** Steps of the canary that are done; absent without steps. */
  step: z.int().min(0).optional(),
  steps: z.int().min(0).optional(),
  /** Percent of the traffic that the new version gets. */
  weight: z.int().min(0).max(100).optional(),
  /** Why it waits, for example `CanaryPauseStep`. */
  paused: z.string().optional(),
  aborted: z.boolean(),
  /** Newest first. */
  analyses: z.array(analysisSchema),
});

/** {@inheritDoc rolloutSchema} @public */
export type Rollout = z.infer<typeof rolloutSchema>;
