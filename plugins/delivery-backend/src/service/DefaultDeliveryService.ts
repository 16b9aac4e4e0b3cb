import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import { deliveryOf } from '../delivery/deliveryOf';
import { noFacts } from '../delivery/facts';
import { locate, type Located } from '../delivery/locate';
import type { Batch, ClusterWatch } from '../kubernetes';
import type { Source } from '../sources';
import { collectFacts } from './collectFacts';
import type { DeliveryService } from './DeliveryService';
import { kindHealthOf } from './kindHealth';
import { RecordingReader } from './RecordingReader';

/** One configured cluster, watched. */
export interface WatchedCluster {
  watch: ClusterWatch;
  argoCdNamespace: string;
  links: { argoCd?: string; argoWorkflows?: string };
}

export interface DeliveryServiceOptions {
  /** The first is the default of entities that name none. */
  clusters: readonly WatchedCluster[];
  sources: readonly Source[];
  logger: LoggerService;
  /** Viewers hear of changes at once, but not more often than this. Default: 50 ms. */
  settleMs?: number;
  /** How long a delivery that nobody looks at is kept. Default: 5 minutes. */
  lingerMs?: number;
}

interface Viewer {
  /** Revision that it has. */
  revision: string;
  listener: (delivery: Delivery) => void;
}

/** The delivery of one entity, shared by all who look at it. */
interface Entry {
  entityRef: string;
  located: Located;
  /** Absent before the first computation and after a change that may matter. */
  current?: Delivery;
  readers: Map<string, RecordingReader>;
  viewers: Set<Viewer>;
  settling?: NodeJS.Timeout;
  /** When viewers heard of a change last, by the clock of the process. */
  announcedAt: number;
  lingering?: NodeJS.Timeout;
}

/**
 * Computes each delivery once for all its viewers, and again only when something that it
 * was made from changed.
 */
export class DefaultDeliveryService implements DeliveryService {
  readonly #clusters: Map<string, WatchedCluster>;
  readonly #sources: readonly Source[];
  readonly #logger: LoggerService;
  readonly #settleMs: number;
  readonly #lingerMs: number;
  readonly #entries = new Map<string, Entry>();
  readonly #unsubscribe: Array<() => void> = [];

  static create(options: DeliveryServiceOptions): DefaultDeliveryService {
    return new DefaultDeliveryService(options);
  }

  private constructor(options: DeliveryServiceOptions) {
    this.#clusters = new Map(
      options.clusters.map(cluster => [cluster.watch.name, cluster]),
    );
    this.#sources = options.sources;
    this.#logger = options.logger;
    this.#settleMs = options.settleMs ?? 50;
    this.#lingerMs = options.lingerMs ?? 5 * 60_000;
  }

  /** Begins to watch all clusters. */
  start(): void {
    for (const [name, { watch }] of this.#clusters) {
      this.#unsubscribe.push(
        watch.subscribe(batch => this.#changed(name, batch)),
      );
      watch.acquire(this.#sources.flatMap(({ kinds }) => kinds));
      watch.start();
    }
  }

  /** Ends all watches and forgets everything. */
  async stop(): Promise<void> {
    this.#unsubscribe.splice(0).forEach(unsubscribe => unsubscribe());
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.settling);
      clearTimeout(entry.lingering);
    }
    this.#entries.clear();
    await Promise.all(
      [...this.#clusters.values()].map(({ watch }) => watch.stop()),
    );
  }

  read(entity: Entity): Delivery {
    const entry = this.#entryOf(entity);
    this.#linger(entry);
    return this.#currentOf(entry);
  }

  subscribe(
    entity: Entity,
    listener: (delivery: Delivery) => void,
  ): () => void {
    const entry = this.#entryOf(entity);
    clearTimeout(entry.lingering);
    entry.lingering = undefined;
    const viewer = { revision: this.#currentOf(entry).revision, listener };
    entry.viewers.add(viewer);
    return () => {
      entry.viewers.delete(viewer);
      this.#linger(entry);
    };
  }

  /** Entities whose annotations changed are other entries: they may be elsewhere now. */
  #entryOf(entity: Entity): Entry {
    const entityRef = stringifyEntityRef(entity);
    const located = locate(entity.metadata.annotations ?? {}, [
      ...this.#clusters.keys(),
    ]);
    const key = `${entityRef} ${JSON.stringify(located)}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = {
        entityRef,
        located,
        readers: new Map(),
        viewers: new Set(),
        announcedAt: -Infinity,
      };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  #linger(entry: Entry): void {
    clearTimeout(entry.lingering);
    if (entry.viewers.size > 0) {
      return;
    }
    entry.lingering = setTimeout(() => {
      clearTimeout(entry.settling);
      for (const [key, each] of this.#entries) {
        if (each === entry) {
          this.#entries.delete(key);
        }
      }
    }, this.#lingerMs).unref();
  }

  #changed(cluster: string, batch: Batch): void {
    for (const entry of this.#entries.values()) {
      const reader = entry.readers.get(cluster);
      if (
        reader &&
        entry.current &&
        (batch.states || batch.changes.some(each => reader.isTouchedBy(each)))
      ) {
        entry.current = undefined;
        this.#settle(entry);
      }
    }
  }

  /** A single change is told at once; of many in a row the later ones are gathered. */
  #settle(entry: Entry): void {
    if (entry.viewers.size === 0 || entry.settling) {
      return;
    }
    const next = entry.announcedAt + this.#settleMs;
    entry.settling = setTimeout(() => {
      entry.settling = undefined;
      entry.announcedAt = performance.now();
      this.#announce(entry);
    }, Math.max(next - performance.now(), 0));
  }

  /** Runs in a timer: whatever fails here must not end the process. */
  #announce(entry: Entry): void {
    try {
      const delivery = this.#currentOf(entry);
      for (const viewer of entry.viewers) {
        if (viewer.revision !== delivery.revision) {
          viewer.revision = delivery.revision;
          this.#tell(viewer, delivery);
        }
      }
    } catch (error) {
      this.#logger.error(
        `Cannot compute the delivery of ${entry.entityRef}`,
        error as Error,
      );
    }
  }

  #tell({ listener }: Viewer, delivery: Delivery): void {
    try {
      listener(delivery);
    } catch (error) {
      this.#logger.error(
        `A viewer of ${delivery.entityRef} failed`,
        error as Error,
      );
    }
  }

  #currentOf(entry: Entry): Delivery {
    entry.current ??= this.#compute(entry);
    return entry.current;
  }

  #compute(entry: Entry): Delivery {
    const { entityRef, located } = entry;
    const { location, problem } = located;
    const home = this.#clusters.get(location.cluster);
    const readers = new Map<string, RecordingReader>();
    const readerOf = (name: string) => {
      const cluster = this.#clusters.get(name);
      if (!cluster) {
        return undefined;
      }
      const reader =
        readers.get(name) ?? new RecordingReader(cluster.watch.objects);
      readers.set(name, reader);
      return reader;
    };
    const objects = readerOf(location.cluster);
    const facts =
      home && objects && !problem
        ? collectFacts(this.#sources, {
            location,
            objects,
            cluster: readerOf,
            argoCdNamespace: home.argoCdNamespace,
          })
        : noFacts();
    entry.readers = readers;
    return deliveryOf({
      entityRef,
      located,
      facts,
      health: [...readers.keys()].flatMap(name => {
        const cluster = this.#clusters.get(name);
        return cluster ? kindHealthOf(cluster.watch, this.#sources) : [];
      }),
      links: home?.links ?? {},
    });
  }
}
