import { z } from 'zod';
import { timestampSchema } from './status';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(value => value === 'true');

/**
 * Query of the route that answers the log of a step.
 *
 * @public
 */
export const stepLogQuerySchema = z.strictObject({
  container: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
      'must be the name of a container: lower-case letters, digits and "-"',
    )
    .optional()
    .describe('Container of the pod; the one that does the work by default'),
  tailLines: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(1_000)
    .describe('Lines from the end, before those that are followed'),
  sinceSeconds: z.coerce
    .number()
    .int()
    .min(1)
    .max(31_536_000)
    .optional()
    .describe('Only lines of the last seconds'),
  previous: flag.describe('The container as it was before its last restart'),
  follow: flag.describe('Goes on with what is written from now on'),
});

/** {@inheritDoc stepLogQuerySchema} @public */
export type StepLogQuery = z.output<typeof stepLogQuerySchema>;

/**
 * One line of a log: without colours, without what looks like a credential and without
 * the values of workflow parameters; cut after 4,000 characters.
 *
 * @public
 */
export const logLineSchema = z.object({
  /** When it was written, where the cluster says so. */
  time: timestampSchema.optional(),
  text: z.string(),
});

/** {@inheritDoc logLineSchema} @public */
export type LogLine = z.infer<typeof logLineSchema>;

/**
 * Why a log ends:
 *
 * - `complete`: this is all that the container wrote, or has written until now
 * - `limit`: more than 5 MB; ask for fewer lines, or for those of the last seconds
 * - `broken`: the cluster broke it off; `message` says how
 * - `expired`: come back with a new token
 * - `forbidden`, `gone`: the user may no longer see it
 * - `shutdown`: the backend ends; come back
 *
 * @public
 */
export const logEndSchema = z.object({
  reason: z.enum([
    'complete',
    'limit',
    'broken',
    'expired',
    'forbidden',
    'gone',
    'shutdown',
  ]),
  message: z.string().optional(),
});

/** {@inheritDoc logEndSchema} @public */
export type LogEnd = z.infer<typeof logEndSchema>;

/**
 * One event of the log of a step, by its `event:` name. The `id:` of a `lines` event is
 * the time of its last line; a client that sends it back as `Last-Event-ID` gets what was
 * written after it.
 *
 * @public
 */
export const stepLogEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('lines'),
    data: z.object({ lines: z.array(logLineSchema) }),
  }),
  /** The last one. */
  z.object({ event: z.literal('end'), data: logEndSchema }),
]);

/** {@inheritDoc stepLogEventSchema} @public */
export type StepLogEvent = z.infer<typeof stepLogEventSchema>;
