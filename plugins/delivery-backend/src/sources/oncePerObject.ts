import type { KubernetesObject } from '../kubernetes/types';

/**
 * Makes a reader that reads each version of an object once: objects of the store never
 * change, a new version is another object. A pipeline is computed again when one of its
 * objects changed, and of all others what was read before still holds.
 *
 * @param read - depends on nothing but the object; nobody changes what it returns
 */
export function oncePerObject<Result extends object>(
  read: (object: KubernetesObject) => Result,
): (object: KubernetesObject) => Result {
  const results = new WeakMap<KubernetesObject, Result>();
  return object => {
    const known = results.get(object);
    if (known) {
      return known;
    }
    const result = read(object);
    results.set(object, result);
    return result;
  };
}
