import { narrowedBy } from '../kubernetes';
import { kindsAt, type WatchedKind } from '../sources';
import type { Places, WatchedCluster } from './computeDelivery';
import { nameOf, type FurtherKind } from './furtherKinds';

/** The kinds that one party holds watched, in the clusters and for what they are to it. */
export class Holds {
  readonly #clusters: ReadonlyMap<string, WatchedCluster>;
  readonly #releases = new Map<string, () => void>();

  constructor(clusters: ReadonlyMap<string, WatchedCluster>) {
    this.#clusters = clusters;
  }

  /**
   * Holds these from now on, and no others; what stays is not let go meanwhile.
   *
   * @param further - kinds besides those of the places, by cluster
   */
  set(
    places: Places,
    further: ReadonlyMap<string, readonly FurtherKind[]> = new Map(),
  ): void {
    const before = new Map(this.#releases);
    for (const [name, roles] of places) {
      for (const role of roles) {
        const key = `${role} ${name}`;
        if (!before.delete(key)) {
          this.#acquire(key, name, kindsAt(role));
        }
      }
    }
    for (const [name, kinds] of further) {
      for (const kind of kinds) {
        const key = [nameOf(kind), name, narrowedBy(kind)].join(' ');
        // Several sources, or several objects, may want the same.
        if (!before.delete(key) && !this.#releases.has(key)) {
          this.#acquire(key, name, [kind]);
        }
      }
    }
    for (const [key, release] of before) {
      this.#releases.delete(key);
      release();
    }
  }

  #acquire(key: string, name: string, kinds: readonly WatchedKind[]): void {
    const cluster = this.#clusters.get(name);
    if (cluster) {
      this.#releases.set(key, cluster.watch.acquire(kinds));
    }
  }
}
