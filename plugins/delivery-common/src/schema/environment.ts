import { z } from 'zod';
import { linkSchema, timestampSchema } from './status';

/**
 * A container image as an environment runs it.
 *
 * @public
 */
export const imageSchema = z.object({
  /** Complete reference, for example `….amazonaws.com/peeks/checkout:9f3c1ab…`. */
  reference: z.string(),
  tag: z.string().optional(),
  /** The full commit SHA where the tag is one. */
  commit: z.string().optional(),
});

/** {@inheritDoc imageSchema} @public */
export type Image = z.infer<typeof imageSchema>;

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
});

/** {@inheritDoc argoCdApplicationSchema} @public */
export type ArgoCdApplication = z.infer<typeof argoCdApplicationSchema>;

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
});

/** {@inheritDoc oamApplicationSchema} @public */
export type OamApplication = z.infer<typeof oamApplicationSchema>;

/**
 * One environment of an application: an Argo CD Application and what it deploys.
 *
 * @public
 */
export const environmentSchema = z.object({
  /** For example `dev`; from the annotation `cicd.kro.run/environment`. */
  name: z.string(),
  argoCd: argoCdApplicationSchema,
  oam: oamApplicationSchema.optional(),
  /** Pods of all Deployments together; absent while none is known. */
  pods: z.object({ ready: z.int().min(0), desired: z.int().min(0) }).optional(),
  /** Image of the pipeline's application; absent while the environment holds nothing. */
  image: imageSchema.optional(),
  /** Where it runs. */
  destination: z.object({
    cluster: z.string().optional(),
    namespace: z.string().optional(),
  }),
  links: z.array(linkSchema),
});

/** {@inheritDoc environmentSchema} @public */
export type Environment = z.infer<typeof environmentSchema>;
