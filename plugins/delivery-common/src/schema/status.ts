import { z } from 'zod';

/**
 * How a stage, a run or a step stands, in one word for all systems.
 *
 * - `succeeded`: done and as wanted
 * - `running`: work is going on now
 * - `waiting`: nothing to do until something else happens
 * - `failed`: it needs somebody
 * - `suspended`: held by a person
 * - `missing`: what should exist does not
 * - `unknown`: it cannot be said, for example because its cluster is out of reach
 *
 * @public
 */
export const stageStatusSchema = z.enum([
  'succeeded',
  'running',
  'waiting',
  'failed',
  'suspended',
  'missing',
  'unknown',
]);

/** {@inheritDoc stageStatusSchema} @public */
export type StageStatus = z.infer<typeof stageStatusSchema>;

/** A moment, ISO 8601 in UTC. @public */
export const timestampSchema = z.iso.datetime();

/**
 * A link to the page of the system that a fact comes from.
 *
 * @public
 */
export const linkSchema = z.object({ title: z.string(), url: z.url() });

/** {@inheritDoc linkSchema} @public */
export type Link = z.infer<typeof linkSchema>;
