import type { CompoundEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const name = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
    'must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
  );

/** Path parameters that name an entity. */
export const entityParamsSchema = z.object({
  kind: name.describe('Kind of the entity, for example `component`'),
  namespace: name.describe('Namespace of the entity, for example `default`'),
  name: name.describe('Name of the entity'),
});

/**
 * Reads which entity a request is about.
 *
 * @throws InputError that names the parameter
 */
export function readParams(params: unknown): CompoundEntityRef {
  const parsed = entityParamsSchema.safeParse(params);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`Path parameter "${path.join('.')}" ${message}`);
  }
  return parsed.data;
}

/**
 * Reads the query of a request.
 *
 * @throws InputError that names the parameter, and its value where there is one
 */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (issue.code === 'unrecognized_keys') {
    throw new InputError(
      `There is no query parameter "${issue.keys[0]}"; leave it out`,
    );
  }
  const parameter = String(issue.path[0]);
  const value = (query as Record<string, unknown>)[parameter];
  throw new InputError(
    `Query parameter "${parameter}" is ${JSON.stringify(value)}: ${
      issue.message
    }`,
  );
}
