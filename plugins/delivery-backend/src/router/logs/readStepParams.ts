import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Path parameters that name a step, beside those of the entity. */
export const stepParamsSchema = z.object({
  run: z
    .string()
    .max(253)
    .regex(
      /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
      'must be the name of a run: lower-case letters, digits, "-" and "."',
    )
    .describe('Name of a run of the delivery'),
  step: z
    .string()
    .min(1)
    .max(1_000)
    .describe(
      '`id` of a step of the run or of one of its attempts, or the name of a step',
    ),
});

/**
 * Reads which step a request is about.
 *
 * @throws InputError that names the parameter
 */
export function readStepParams(
  params: unknown,
): z.output<typeof stepParamsSchema> {
  const parsed = stepParamsSchema.safeParse(params);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`Path parameter "${path.join('.')}" ${message}`);
  }
  return parsed.data;
}
