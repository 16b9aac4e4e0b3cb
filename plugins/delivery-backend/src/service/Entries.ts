import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import { locate, type Located } from '../delivery/locate';
import type { Places, WatchedCluster } from './computeDelivery';
import type { DeliveryOverview } from './DeliveryService';
import { Holds } from './Holds';
import type { Viewers } from './Viewers';

/** The delivery of one entity, shared by all who look at it. */
export interface Entry {
  readonly key: string;
  readonly entityRef: string;
  readonly located: Located;
  /** Absent before the first computation and after a change that may matter. */
  overview?: DeliveryOverview;
  /**
   * Kept while somebody follows it or has just read it. Of thousands that a list shows
   * only the overview is kept: a document is fifty times as large, and made again in
   * less than a millisecond when somebody opens it.
   */
  document?: Delivery;
  places: Places;
  /** Whether it was computed, and is watched, for somebody who reads the document. */
  forReader?: boolean;
  readonly holds: Holds;
  readonly viewers: Viewers;
  /** When somebody last looked at the document, and at it or the overview. */
  readAt: number;
  seenAt: number;
}

export interface EntriesOptions {
  clusters: ReadonlyMap<string, WatchedCluster>;
  /** How long one that nobody looks at is kept. */
  lingerMs: number;
  viewersOf(entry: () => Entry, entityRef: string): Viewers;
  /** Whether it stays although nobody looks. */
  isKept(entry: Entry): boolean;
  /** Called when nobody reads a document any more that was made for somebody. */
  onUnread(entry: Entry): void;
  onForget(entry: Entry): void;
}

/** One entry per entity that somebody looked at, until nobody did for a while. */
export class Entries implements Iterable<Entry> {
  readonly #options: EntriesOptions;
  readonly #entries = new Map<string, Entry>();
  /** Keys of entities that are asked for again as the same object, as lists do. */
  readonly #keys = new WeakMap<Entity, string>();
  #sweeping?: NodeJS.Timeout;

  constructor(options: EntriesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries.values();
  }

  locate(entity: Entity): Located {
    return locate(entity.metadata.annotations ?? {}, [
      ...this.#options.clusters.keys(),
    ]);
  }

  /** Entities whose annotations changed are other entries: they may be elsewhere now. */
  of(entity: Entity): Entry {
    const known = this.#entries.get(this.#keys.get(entity) ?? '');
    if (known) {
      known.seenAt = performance.now();
      return known;
    }
    const entityRef = stringifyEntityRef(entity);
    const located = this.locate(entity);
    const key = `${entityRef} ${JSON.stringify(located)}`;
    const entry = this.#entries.get(key) ?? this.#make(key, entityRef, located);
    entry.seenAt = performance.now();
    this.#entries.set(key, entry);
    this.#keys.set(entity, key);
    return entry;
  }

  /** Whether somebody follows the document or has just read it. */
  isRead({ viewers, readAt }: Entry): boolean {
    return (
      viewers.size > 0 || readAt > performance.now() - this.#options.lingerMs
    );
  }

  /** Begins to forget what nobody looked at for a while. */
  start(): void {
    this.#sweeping = setInterval(
      () => this.#sweep(),
      this.#options.lingerMs / 4,
    ).unref();
  }

  /** Forgets everything. */
  stop(): void {
    clearInterval(this.#sweeping);
    this.#entries.forEach(entry => this.#forget(entry));
  }

  #make(key: string, entityRef: string, located: Located): Entry {
    const { clusters, viewersOf } = this.#options;
    const entry: Entry = {
      key,
      entityRef,
      located,
      places: new Map(),
      holds: new Holds(clusters),
      viewers: viewersOf(() => entry, entityRef),
      readAt: -Infinity,
      seenAt: 0,
    };
    return entry;
  }

  #sweep(): void {
    const { lingerMs, isKept, onUnread } = this.#options;
    const before = performance.now() - lingerMs;
    for (const entry of this.#entries.values()) {
      if (!this.isRead(entry)) {
        entry.document = undefined;
        if (entry.seenAt <= before && !isKept(entry)) {
          this.#forget(entry);
        } else if (entry.forReader) {
          onUnread(entry);
        }
      }
    }
  }

  #forget(entry: Entry): void {
    entry.viewers.stop();
    entry.holds.set(new Map());
    this.#options.onForget(entry);
    this.#entries.delete(entry.key);
  }
}
