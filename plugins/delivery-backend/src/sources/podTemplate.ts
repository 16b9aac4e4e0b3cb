import { isObject } from './lenient';
import { pick } from './trimmed';

/**
 * Images of a pod template. Everything else of its containers may hold what is secret,
 * such as environment and arguments.
 */
export function imagesOf(template: unknown): unknown[] {
  const spec = isObject(template) ? template.spec : undefined;
  const containers = isObject(spec) ? spec.containers : undefined;
  return Array.isArray(containers)
    ? containers.map(container => pick(container, ['image']).image)
    : [];
}
