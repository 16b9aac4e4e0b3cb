import { readSelector } from '../../delivery/selector';
import type { KubernetesObject, ObjectReader } from '../../kubernetes/types';

/**
 * Objects that a selector of equalities selects.
 *
 * @returns none for a selector of another form: it could select what is not the entity's
 */
export function bySelector(
  objects: ObjectReader,
  selector = '',
): KubernetesObject[] {
  const wanted = Object.entries(readSelector(selector) ?? {});
  const [first] = wanted;
  return first
    ? objects
        .byLabel(...first)
        .filter(({ metadata }) =>
          wanted.every(([label, value]) => metadata.labels?.[label] === value),
        )
    : [];
}
