import { isDeepStrictEqual } from 'node:util';
import { Change, KindRef, KubernetesObject } from './types';

/** Objects by a key that several may share. */
class Index {
  readonly #entries = new Map<string, Map<string, KubernetesObject>>();

  constructor(
    private readonly keysOf: (object: KubernetesObject) => readonly string[],
  ) {}

  add(id: string, object: KubernetesObject): void {
    for (const key of this.keysOf(object)) {
      let entry = this.#entries.get(key);
      if (!entry) {
        entry = new Map();
        this.#entries.set(key, entry);
      }
      entry.set(id, object);
    }
  }

  remove(id: string, object: KubernetesObject): void {
    for (const key of this.keysOf(object)) {
      const entry = this.#entries.get(key);
      entry?.delete(id);
      if (entry?.size === 0) {
        this.#entries.delete(key);
      }
    }
  }

  get(key: string): Iterable<KubernetesObject> {
    return this.#entries.get(key)?.values() ?? [];
  }
}

/**
 * All objects of one watched kind. Each write tells what it changed, in order; a new
 * version with the same content is kept but not told.
 */
export class Collection {
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #namespaces = new Index(object => [object.metadata.namespace ?? '']);
  readonly #owners = new Index(
    object => object.metadata.ownerReferences?.map(owner => owner.uid) ?? [],
  );
  /** Only labels that were asked for are indexed. */
  readonly #labels = new Map<string, Index>();
  /** The answer to "all of them" until the next change. */
  #all?: readonly KubernetesObject[];

  constructor(
    readonly kind: KindRef,
    private readonly changed: (change: Change) => void,
  ) {}

  get size(): number {
    return this.#objects.size;
  }

  /** Makes the collection equal to a fresh list; what the list lacks is deleted. */
  replace(objects: Iterable<KubernetesObject>): void {
    const gone = new Set(this.#objects.keys());
    for (const object of objects) {
      gone.delete(identify(object));
      this.upsert(object);
    }
    for (const id of gone) {
      this.#remove(id);
    }
  }

  upsert(object: KubernetesObject): void {
    const id = identify(object);
    const old = this.#objects.get(id);
    if (old && isSameVersion(old, object)) {
      return;
    }
    if (old && old.metadata.uid !== object.metadata.uid) {
      // Deleted and made again under the same name while nobody looked.
      this.#remove(id);
    }
    this.#set(id, object, old);
  }

  /** Replaces every object by what is to be kept of it from now on. */
  rewrite(keep: (object: KubernetesObject) => KubernetesObject): void {
    for (const [id, old] of [...this.#objects]) {
      this.#set(id, keep(old), old);
    }
  }

  remove(object: KubernetesObject): void {
    const id = identify(object);
    if (this.#objects.get(id)?.metadata.uid === object.metadata.uid) {
      this.#remove(id, object);
    }
  }

  clear(): void {
    for (const id of [...this.#objects.keys()]) {
      this.#remove(id);
    }
  }

  get(name: string, namespace?: string): KubernetesObject | undefined {
    return this.#objects.get(`${namespace ?? ''}/${name}`);
  }

  list(namespace?: string): readonly KubernetesObject[] {
    if (namespace !== undefined) {
      return [...this.#namespaces.get(namespace)];
    }
    this.#all ??= [...this.#objects.values()];
    return this.#all;
  }

  byOwner(uid: string): Iterable<KubernetesObject> {
    return this.#owners.get(uid);
  }

  byLabel(label: string, value: string): Iterable<KubernetesObject> {
    let index = this.#labels.get(label);
    if (!index) {
      index = new Index(object => {
        const found = object.metadata.labels?.[label];
        return found === undefined ? [] : [found];
      });
      for (const [id, object] of this.#objects) {
        index.add(id, object);
      }
      this.#labels.set(label, index);
    }
    return index.get(value);
  }

  #set(id: string, object: KubernetesObject, old?: KubernetesObject): void {
    const isNews = !old || !isSameContent(old, object);
    const present = this.#objects.get(id);
    if (present) {
      this.#unindex(id, present);
    }
    this.#objects.set(id, object);
    for (const index of this.#indexes()) {
      index.add(id, object);
    }
    this.#all = undefined;
    if (isNews) {
      this.changed({ type: 'upsert', object });
    }
  }

  #remove(id: string, last?: KubernetesObject): void {
    const object = this.#objects.get(id);
    if (object) {
      this.#unindex(id, object);
      this.#objects.delete(id);
      this.#all = undefined;
      this.changed({ type: 'delete', object: last ?? object });
    }
  }

  #unindex(id: string, object: KubernetesObject): void {
    for (const index of this.#indexes()) {
      index.remove(id, object);
    }
  }

  *#indexes(): Iterable<Index> {
    yield this.#namespaces;
    yield this.#owners;
    yield* this.#labels.values();
  }
}

function identify({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Equal versions of one object are equal, unless it is read at another API version. */
function isSameVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  return (
    a.metadata.uid === b.metadata.uid &&
    a.metadata.resourceVersion === b.metadata.resourceVersion &&
    a.apiVersion === b.apiVersion
  );
}

/** A change of nothing that is kept (a heartbeat, a field of another's) is no news. */
function isSameContent(a: KubernetesObject, b: KubernetesObject): boolean {
  const { resourceVersion } = b.metadata;
  return isDeepStrictEqual(
    { ...a, metadata: { ...a.metadata, resourceVersion } },
    b,
  );
}
