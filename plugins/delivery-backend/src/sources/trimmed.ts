import type { KubernetesObject } from '../kubernetes/types';
import { isObject } from './lenient';

/**
 * The shell of an object with only the named fields of its `spec` and `status`.
 *
 * @param object - as the cluster gave it
 * @param fields - what is kept
 */
export function trimmed(
  object: KubernetesObject,
  fields: { spec?: readonly string[]; status?: readonly string[] },
): KubernetesObject {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    spec: pick(object.spec, fields.spec ?? []),
    status: pick(object.status, fields.status ?? []),
  };
}

/** The named fields of an object; an empty one where there is none. */
export function pick(
  value: unknown,
  fields: readonly string[],
): Record<string, unknown> {
  const source = isObject(value) ? value : {};
  return Object.fromEntries(
    fields
      .filter(field => source[field] !== undefined)
      .map(field => [field, source[field]]),
  );
}
