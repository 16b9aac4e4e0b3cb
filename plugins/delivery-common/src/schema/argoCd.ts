import { z } from 'zod';
import { timestampSchema } from './status';

/**
 * An object of an environment that is not as it should be, by name.
 *
 * @public
 */
export const unsettledResourceSchema = z.object({
  group: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  /** Argo CD's word, for example `OutOfSync` or `SyncFailed`. */
  sync: z.string().optional(),
  /** Argo CD's word, for example `Degraded`. */
  health: z.string().optional(),
  /** In the system's own words. */
  message: z.string().optional(),
});

/** {@inheritDoc unsettledResourceSchema} @public */
export type UnsettledResource = z.infer<typeof unsettledResourceSchema>;

/**
 * One deployment that Argo CD remembers; it remembers ten.
 *
 * @public
 */
export const deploymentRecordSchema = z.object({
  /** What a rollback names. */
  id: z.int().min(0),
  /** Git revision; of several sources the first. */
  revision: z.string().optional(),
  deployedAt: timestampSchema.optional(),
  /** Name of the person; absent where Argo CD synced by itself. */
  initiatedBy: z.string().optional(),
});

/** {@inheritDoc deploymentRecordSchema} @public */
export type DeploymentRecord = z.infer<typeof deploymentRecordSchema>;

/**
 * What Argo CD says of the Application of an environment.
 *
 * @public
 */
export const argoCdApplicationSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  /** `status.sync.status`, for example `Synced`. */
  sync: z.string().optional(),
  /** `status.health.status`, for example `Healthy`. */
  health: z.string().optional(),
  /** Git revision that was compared last. */
  revision: z.string().optional(),
  /** Phase of the running or last operation. */
  operation: z.string().optional(),
  /** Number of resources that the Application manages. */
  resources: z.int().min(0),
  /** When Argo CD last looked at Git and cluster; there while its next look is awaited. */
  reconciledAt: timestampSchema.optional(),
  /** End of the last deployment in `status.history`. */
  deployedAt: timestampSchema.optional(),
  /** Whether it syncs by itself. */
  automated: z.boolean().optional(),
  /** There while a failed sync is tried again. */
  retry: z
    .object({
      attempt: z.int().min(1),
      /** Absent where it is tried for ever. */
      limit: z.int().min(0).optional(),
    })
    .optional(),
  /** What differs from Git, could not be applied or is not healthy. */
  unsettledResources: z.array(unsettledResourceSchema).optional(),
  /** `status.conditions`: errors and warnings. */
  conditions: z
    .array(z.object({ type: z.string(), message: z.string() }))
    .optional(),
  /** Newest first. */
  history: z.array(deploymentRecordSchema).optional(),
});

/** {@inheritDoc argoCdApplicationSchema} @public */
export type ArgoCdApplication = z.infer<typeof argoCdApplicationSchema>;
