import { z } from 'zod';

/**
 * One component of the OAM Application as KubeVela runs it.
 *
 * @public
 */
export const serviceSchema = z.object({
  name: z.string(),
  healthy: z.boolean(),
  message: z.string().optional(),
});

/** {@inheritDoc serviceSchema} @public */
export type Service = z.infer<typeof serviceSchema>;

/**
 * One step of KubeVela's roll-out of an OAM Application.
 *
 * @public
 */
export const rollOutStepSchema = z.object({
  name: z.string(),
  /** For example `apply-component`. */
  type: z.string().optional(),
  /** `pending`, `running`, `succeeded`, `failed`, `skipped` or `suspending`. */
  phase: z.string().optional(),
  message: z.string().optional(),
});

/** {@inheritDoc rollOutStepSchema} @public */
export type RollOutStep = z.infer<typeof rollOutStepSchema>;

/**
 * What an object is to the application.
 *
 * @public
 */
export const renderedRoleSchema = z.enum([
  'workload',
  'network',
  'identity',
  'storage',
  'configuration',
  'scaling',
  'check',
  'other',
]);

/** {@inheritDoc renderedRoleSchema} @public */
export type RenderedRole = z.infer<typeof renderedRoleSchema>;

/**
 * One object that KubeVela applied for an OAM Application.
 *
 * @public
 */
export const renderedObjectSchema = z.object({
  kind: z.string(),
  /** API group; empty for the core group. */
  group: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  role: renderedRoleSchema,
});

/** {@inheritDoc renderedObjectSchema} @public */
export type RenderedObject = z.infer<typeof renderedObjectSchema>;

/**
 * What KubeVela says of the OAM Application of an environment.
 *
 * @public
 */
export const oamApplicationSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  /** `status.status`, for example `running`. */
  phase: z.string().optional(),
  services: z.array(serviceSchema),
  /** Name of the newest ApplicationRevision, for example `checkout-v3`. */
  revision: z.string().optional(),
  /** Steps of the roll-out. */
  steps: z.array(rollOutStepSchema).optional(),
  /** Objects that it applied. */
  rendered: z.array(renderedObjectSchema).optional(),
});

/** {@inheritDoc oamApplicationSchema} @public */
export type OamApplication = z.infer<typeof oamApplicationSchema>;
