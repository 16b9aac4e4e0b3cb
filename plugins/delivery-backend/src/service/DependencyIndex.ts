import type { KubernetesObject } from '../kubernetes/types';

/*
 * What an answer depends on, as one string each: an object that was in it, or a question
 * that was asked (an object that is not there yet can change the answer, too).
 */
const groupKind = (group: string, kind: string) => `${group}/${kind}`;

export const dependencyOn = {
  object: (uid: string) => uid,
  owner: (uid: string) => `owner/${uid}`,
  label: (label: string, value: string) => `label/${label}=${value}`,
  list: (group: string, kind: string, namespace = '*') =>
    `list/${groupKind(group, kind)}/${namespace}`,
  name: (group: string, kind: string, name: string, namespace = '') =>
    `name/${groupKind(group, kind)}/${namespace}/${name}`,
};

/** Everything that may depend on an object. */
function dependenciesOn({
  metadata,
  kind,
  apiVersion,
}: KubernetesObject): string[] {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return [
    dependencyOn.object(metadata.uid),
    dependencyOn.list(group, kind),
    dependencyOn.list(group, kind, metadata.namespace ?? ''),
    dependencyOn.name(group, kind, metadata.name, metadata.namespace),
    ...(metadata.ownerReferences ?? []).map(({ uid }) =>
      dependencyOn.owner(uid),
    ),
    ...Object.entries(metadata.labels ?? {}).map(([label, value]) =>
      dependencyOn.label(label, value),
    ),
  ];
}

/**
 * Tells who depends on an object of one cluster. What a change costs grows with the
 * labels of the object, not with the number of those who depend on anything.
 */
export class DependencyIndex<T extends object> {
  readonly #dependencies = new Map<T, ReadonlySet<string>>();
  /** Nearly every object concerns one dependant only, so that a set would be waste. */
  readonly #dependants = new Map<string, T | Set<T>>();

  /** Says what a dependant depends on, in place of what was said before. */
  set(dependant: T, dependencies: ReadonlySet<string>): void {
    const before = this.#dependencies.get(dependant);
    if (before && isEqual(before, dependencies)) {
      return;
    }
    this.delete(dependant);
    this.#dependencies.set(dependant, dependencies);
    for (const dependency of dependencies) {
      const others = this.#dependants.get(dependency);
      if (others === undefined) {
        this.#dependants.set(dependency, dependant);
      } else if (others instanceof Set) {
        others.add(dependant);
      } else {
        this.#dependants.set(dependency, new Set([others, dependant]));
      }
    }
  }

  delete(dependant: T): void {
    for (const dependency of this.#dependencies.get(dependant) ?? []) {
      const others = this.#dependants.get(dependency);
      if (others instanceof Set) {
        others.delete(dependant);
      }
      if (others === dependant || (others instanceof Set && !others.size)) {
        this.#dependants.delete(dependency);
      }
    }
    this.#dependencies.delete(dependant);
  }

  /** All who depend on anything in this cluster. */
  dependants(): Iterable<T> {
    return this.#dependencies.keys();
  }

  /** Those for whom a change of this object may matter. */
  dependantsOn(object: KubernetesObject): Set<T> {
    const found = new Set<T>();
    for (const dependency of dependenciesOn(object)) {
      const dependants = this.#dependants.get(dependency);
      if (dependants instanceof Set) {
        dependants.forEach(each => found.add(each));
      } else if (dependants) {
        found.add(dependants);
      }
    }
    return found;
  }
}

/** Most changes alter no question, and what they alter is in few answers. */
function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) {
    return false;
  }
  for (const dependency of a) {
    if (!b.has(dependency)) {
      return false;
    }
  }
  return true;
}
