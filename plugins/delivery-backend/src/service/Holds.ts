import { kindsAt, type Place } from '../sources';
import type { Places, WatchedCluster } from './computeDelivery';

/** The kinds that one party holds watched, in the clusters and for what they are to it. */
export class Holds {
  readonly #clusters: ReadonlyMap<string, WatchedCluster>;
  readonly #releases = new Map<string, () => void>();

  constructor(clusters: ReadonlyMap<string, WatchedCluster>) {
    this.#clusters = clusters;
  }

  /** Holds these places from now on, and no others; what stays is not let go meanwhile. */
  set(places: Places): void {
    const before = new Map(this.#releases);
    for (const [name, roles] of places) {
      for (const role of roles) {
        const key = `${role} ${name}`;
        if (!before.delete(key)) {
          this.#acquire(key, name, role);
        }
      }
    }
    for (const [key, release] of before) {
      this.#releases.delete(key);
      release();
    }
  }

  #acquire(key: string, name: string, role: Place): void {
    const cluster = this.#clusters.get(name);
    if (cluster) {
      this.#releases.set(key, cluster.watch.acquire(kindsAt(role)));
    }
  }
}
