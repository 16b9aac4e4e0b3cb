import { z } from 'zod';
import { timestampSchema } from './status';

/**
 * How well the backend knows one kind of one cluster.
 *
 * - `syncing`: the first list is under way
 * - `live`: a watch is open, what is shown is now
 * - `stale`: the watch is lost and being restored; `since` says from when on
 * - `forbidden`: the plugin's account may not read this kind
 * - `not-installed`: the cluster does not serve this kind
 *
 * @public
 */
export const sourceHealthSchema = z.object({
  /** The delivering system, for example `kro`. */
  system: z.string(),
  cluster: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  state: z.enum(['syncing', 'live', 'stale', 'forbidden', 'not-installed']),
  since: timestampSchema,
  /** Why, in the cluster's words. */
  reason: z.string().optional(),
});

/** {@inheritDoc sourceHealthSchema} @public */
export type SourceHealth = z.infer<typeof sourceHealthSchema>;
