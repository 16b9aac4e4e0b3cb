import { Collection } from './Collection';
import { kindKey } from './kindKey';
import { Change, KindRef, KubernetesObject, ObjectReader } from './types';

/** What changed since the last tick: at most one change per object. */
export interface Batch {
  changes: readonly Change[];
  states: boolean;
}

/** Everything that is known of one cluster, and who wants to hear of changes. */
export class Store implements ObjectReader {
  readonly #collections = new Map<string, Collection>();
  readonly #listeners = new Set<(batch: Batch) => void>();
  #changes = new Map<string, Change>();
  #states = false;
  #scheduled?: NodeJS.Immediate;

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  /** The collection of a kind, made when it is not there yet. */
  collection(kind: KindRef): Collection {
    const key = kindKey(kind);
    let collection = this.#collections.get(key);
    if (!collection) {
      collection = new Collection(kind, change => this.#changed(change));
      this.#collections.set(key, collection);
    }
    return collection;
  }

  /** Forgets a kind that is no longer watched; its objects are announced as deleted. */
  drop(kind: KindRef): void {
    const key = kindKey(kind);
    this.#collections.get(key)?.clear();
    this.#collections.delete(key);
  }

  list(kind: KindRef, namespace?: string): readonly KubernetesObject[] {
    const [first, ...others] = this.#matching(kind);
    if (others.length === 0) {
      return first?.list(namespace) ?? [];
    }
    return distinct(
      [first, ...others].map(collection => collection.list(namespace)),
    );
  }

  get(
    kind: KindRef,
    name: string,
    namespace?: string,
  ): KubernetesObject | undefined {
    for (const collection of this.#matching(kind)) {
      const object = collection.get(name, namespace);
      if (object) {
        return object;
      }
    }
    return undefined;
  }

  byLabel(label: string, value: string): readonly KubernetesObject[] {
    return distinct(
      [...this.#collections.values()].map(c => c.byLabel(label, value)),
    );
  }

  byOwner(uid: string): readonly KubernetesObject[] {
    return distinct([...this.#collections.values()].map(c => c.byOwner(uid)));
  }

  subscribe(listener: (batch: Batch) => void): () => void {
    // Wrapped, so that one function subscribed twice is two subscriptions.
    const entry = (batch: Batch) => listener(batch);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  /** Announces, with the next batch, that the state of some kind changed. */
  stateChanged(): void {
    this.#states = true;
    this.#schedule();
  }

  /** Announces at once what waits for the next tick. */
  flush(): void {
    if (this.#scheduled) {
      clearImmediate(this.#scheduled);
      this.#scheduled = undefined;
    }
    if (this.#changes.size === 0 && !this.#states) {
      return;
    }
    const batch = {
      changes: [...this.#changes.values()],
      states: this.#states,
    };
    this.#changes = new Map();
    this.#states = false;
    for (const listener of this.#listeners) {
      try {
        listener(batch);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  #changed(change: Change): void {
    // Delete first: a Map keeps the place of a key, and the last word counts.
    const { uid } = change.object.metadata;
    this.#changes.delete(uid);
    this.#changes.set(uid, change);
    this.#schedule();
  }

  #schedule(): void {
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      this.flush();
    });
  }

  /** The kind exactly as it is watched, else all narrower watches of that kind. */
  #matching(kind: KindRef): Collection[] {
    const exact = this.#collections.get(kindKey(kind));
    if (exact) {
      return [exact];
    }
    return [...this.#collections.values()].filter(
      other => other.kind.group === kind.group && other.kind.kind === kind.kind,
    );
  }
}

/** Two watches of one kind may overlap; each object counts once. */
function distinct(
  parts: Iterable<KubernetesObject>[],
): readonly KubernetesObject[] {
  const objects = new Map<string, KubernetesObject>();
  for (const part of parts) {
    for (const object of part) {
      objects.set(object.metadata.uid, object);
    }
  }
  return [...objects.values()];
}
