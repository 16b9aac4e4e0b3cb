import { InputError } from '@backstage/errors';
import {
  operationRequestSchema,
  type OperationRequest,
} from '@golden-path/plugin-delivery-common';

const NAMES = operationRequestSchema.options.map(
  ({ shape }) => shape.operation.value,
);

/**
 * Reads what is asked to be done.
 *
 * @throws InputError that names the field, its value and what to do
 */
export function readOperation(body: unknown): OperationRequest {
  const parsed = operationRequestSchema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (issue.code === 'unrecognized_keys') {
    throw new InputError(
      `There is no field "${issue.keys[0]}" in this operation; leave it out`,
    );
  }
  const [field] = issue.path;
  if (field === undefined) {
    throw new InputError(
      'The body must be a JSON object such as {"operation":"refresh","environment":"dev"}',
    );
  }
  const value = (body as Record<PropertyKey, unknown>)[field];
  const given = value === undefined ? 'missing' : JSON.stringify(value);
  throw new InputError(
    field === 'operation'
      ? `Field "operation" is ${given}: it must be one of ${NAMES.join(', ')}`
      : `Field "${String(field)}" is ${given}: ${issue.message}`,
  );
}
