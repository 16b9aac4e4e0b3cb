import { z } from 'zod';
import { argoCdApplicationSchema } from './argoCd';
import { aheadSchema, commitSchema } from './commit';
import { kargoStageSchema } from './kargo';
import { oamApplicationSchema } from './oam';
import { linkSchema } from './status';
import { podProblemSchema, rolloutSchema } from './workload';

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
  /** Pods in trouble; absent where none is. */
  podProblems: z.array(podProblemSchema).optional(),
  /** Canary and blue-green roll-outs; absent where there is none. */
  rollouts: z.array(rolloutSchema).optional(),
  /** Absent where Kargo does not promote to it. */
  kargo: kargoStageSchema.optional(),
  /** Image of the pipeline's application; absent while the environment holds nothing. */
  image: imageSchema.optional(),
  /** Commit of the image, as far as its Git host has told. */
  commit: commitSchema.optional(),
  /** What it has that the next environment lacks; absent where that is not known. */
  ahead: aheadSchema.optional(),
  /** Where it runs. */
  destination: z.object({
    cluster: z.string().optional(),
    namespace: z.string().optional(),
  }),
  links: z.array(linkSchema),
});

/** {@inheritDoc environmentSchema} @public */
export type Environment = z.infer<typeof environmentSchema>;
