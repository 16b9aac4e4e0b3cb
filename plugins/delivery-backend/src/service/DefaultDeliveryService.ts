import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  Delivery,
  SourceHealth,
} from '@golden-path/plugin-delivery-common';
import { toSourceHealth } from '../delivery/deliveryOf';
import { locate, type Located } from '../delivery/locate';
import type { Observation } from '../history/recordsOf';
import type { Batch } from '../kubernetes';
import type { Place, Source } from '../sources';
import {
  computeDelivery,
  healthOf,
  type ComputeOptions,
  type Computation,
  type Places,
  type WatchedCluster,
} from './computeDelivery';
import { DependencyIndex } from './DependencyIndex';
import type {
  DeliveryOverview,
  DeliveryService,
  DeliveryStatistics,
} from './DeliveryService';
import { Holds } from './Holds';
import { KeptEntries } from './KeptEntries';
import { toOverview } from './toOverview';
import { toWatchedKindHealth } from './toWatchedKindHealth';

export interface DeliveryServiceOptions {
  /** The first is the default of entities that name none. */
  clusters: readonly WatchedCluster[];
  sources: readonly Source[];
  logger: LoggerService;
  /** Viewers hear of changes at once, but not more often than this. Default: 50 ms. */
  settleMs?: number;
  /** How long a delivery that nobody looks at is kept. Default: 5 minutes. */
  lingerMs?: number;
  /** Hears of the facts behind every delivery that is computed. Must not throw. */
  observe?: (observation: Observation) => void;
  /** How long the runs of a pipeline usually take, as far as is known. */
  usual?: ComputeOptions['usual'];
  /** How long a change of an entity that nobody looks at may wait. Default: 1 s. */
  keptMs?: number;
}

interface Viewer {
  /** Revision that it has. */
  revision: string;
  listener: (delivery: Delivery) => void;
}

/** The delivery of one entity, shared by all who look at it. */
interface Entry {
  key: string;
  entityRef: string;
  located: Located;
  /** Absent before the first computation and after a change that may matter. */
  overview?: DeliveryOverview;
  /**
   * Kept while somebody follows it or has just read it. Of thousands that a list shows
   * only the overview is kept: a document is fifty times as large, and made again in
   * less than a millisecond when somebody opens it.
   */
  document?: Delivery;
  places: Places;
  holds: Holds;
  viewers: Set<Viewer>;
  settling?: NodeJS.Timeout;
  /** When viewers heard of a change last, by the clock of the process. */
  announcedAt: number;
  /** When somebody last looked at the document, and at it or the overview. */
  readAt: number;
  seenAt: number;
}

/**
 * Computes each delivery once for all its viewers, and again only when something that it
 * was made from changed.
 */
export class DefaultDeliveryService implements DeliveryService {
  readonly #clusters: ReadonlyMap<string, WatchedCluster>;
  readonly #sources: readonly Source[];
  readonly #logger: LoggerService;
  readonly #settleMs: number;
  readonly #lingerMs: number;
  readonly #entries = new Map<string, Entry>();
  /** Keys of entities that are asked for again as the same object, as lists do. */
  readonly #keys = new WeakMap<Entity, string>();
  readonly #indexes: ReadonlyMap<string, DependencyIndex<Entry>>;
  /** Of clusters that are watched although nobody looks. */
  readonly #kept: Holds;
  readonly #keptEntries: KeptEntries<Entry>;
  readonly #observe?: DeliveryServiceOptions['observe'];
  readonly #usual: DeliveryServiceOptions['usual'];
  readonly #unsubscribe: Array<() => void> = [];
  #sweeping?: NodeJS.Timeout;
  #computations = 0;

  static create(options: DeliveryServiceOptions): DefaultDeliveryService {
    return new DefaultDeliveryService(options);
  }

  private constructor(options: DeliveryServiceOptions) {
    this.#clusters = new Map(
      options.clusters.map(cluster => [cluster.watch.name, cluster]),
    );
    this.#indexes = new Map(
      [...this.#clusters.keys()].map(name => [name, new DependencyIndex()]),
    );
    this.#kept = new Holds(this.#clusters);
    this.#sources = options.sources;
    this.#logger = options.logger;
    this.#settleMs = options.settleMs ?? 50;
    this.#lingerMs = options.lingerMs ?? 5 * 60_000;
    this.#observe = options.observe;
    this.#usual = options.usual;
    this.#keptEntries = new KeptEntries(
      entry => this.#computeKept(entry),
      options.keptMs ?? 1_000,
    );
  }

  /** Begins to watch what entities and viewers need. */
  start(): void {
    for (const [name, { watch }] of this.#clusters) {
      this.#unsubscribe.push(
        watch.subscribe(batch => this.#changed(name, batch)),
      );
      watch.start();
    }
    this.#sweeping = setInterval(
      () => this.#sweep(),
      this.#lingerMs / 4,
    ).unref();
  }

  /** Ends all watches and forgets everything. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeping);
    this.#unsubscribe.splice(0).forEach(unsubscribe => unsubscribe());
    this.#keptEntries.stop();
    this.#entries.forEach(entry => this.#forget(entry));
    this.#kept.set(new Map());
    await Promise.all(
      [...this.#clusters.values()].map(({ watch }) => watch.stop()),
    );
  }

  /**
   * Keeps the clusters watched that the pipelines of these entities run in, and their
   * deliveries computed, whether anybody looks or not; no others than these.
   */
  keep(entities: readonly Entity[]): void {
    const names = entities.map(entity => this.#locate(entity).location.cluster);
    const pipeline: ReadonlySet<Place> = new Set(['pipeline']);
    this.#kept.set(new Map(names.map(name => [name, pipeline])));
    if (this.#observe) {
      const entries = entities.map(entity => this.#entryOf(entity));
      this.#keptEntries.set(entries);
      entries
        .filter(({ overview }) => !overview)
        .forEach(entry => this.#keptEntries.changed(entry));
    }
  }

  read(entity: Entity): Delivery {
    return this.#documentOf(this.#entryOf(entity));
  }

  inspect(entity: Entity) {
    const entry = this.#entryOf(entity);
    const { delivery, observation } = this.#computationOf(entry);
    return { delivery, facts: observation.facts };
  }

  overview(entity: Entity): DeliveryOverview {
    return this.#overviewOf(this.#entryOf(entity));
  }

  sources(entities: readonly Entity[]): SourceHealth[] {
    const places = new Map<string, Set<Place>>();
    for (const entity of entities) {
      for (const [cluster, roles] of this.#entryOf(entity).places) {
        const known = places.get(cluster) ?? new Set();
        roles.forEach(role => known.add(role));
        places.set(cluster, known);
      }
    }
    return healthOf(places, this.#clusters, this.#sources).map(toSourceHealth);
  }

  subscribe(
    entity: Entity,
    listener: (delivery: Delivery) => void,
  ): () => void {
    const entry = this.#entryOf(entity);
    const viewer = { revision: this.#documentOf(entry).revision, listener };
    entry.viewers.add(viewer);
    return () => {
      entry.viewers.delete(viewer);
      entry.readAt = performance.now();
      entry.seenAt = entry.readAt;
    };
  }

  statistics(): DeliveryStatistics {
    const now = new Date();
    return {
      clusters: [...this.#clusters.values()].map(({ watch }) => ({
        name: watch.name,
        kinds: watch
          .statistics()
          .filter(({ optional, state }) => !optional || state !== 'forbidden')
          .map(statistics => toWatchedKindHealth(statistics, now)),
      })),
      entries: this.#entries.size,
      computations: this.#computations,
    };
  }

  #locate(entity: Entity): Located {
    return locate(entity.metadata.annotations ?? {}, [
      ...this.#clusters.keys(),
    ]);
  }

  /** Entities whose annotations changed are other entries: they may be elsewhere now. */
  #entryOf(entity: Entity): Entry {
    const known = this.#entries.get(this.#keys.get(entity) ?? '');
    if (known) {
      known.seenAt = performance.now();
      return known;
    }
    const entityRef = stringifyEntityRef(entity);
    const located = this.#locate(entity);
    const key = `${entityRef} ${JSON.stringify(located)}`;
    const entry = this.#entries.get(key) ?? {
      key,
      entityRef,
      located,
      places: new Map(),
      holds: new Holds(this.#clusters),
      viewers: new Set(),
      announcedAt: -Infinity,
      readAt: -Infinity,
      seenAt: 0,
    };
    entry.seenAt = performance.now();
    this.#entries.set(key, entry);
    this.#keys.set(entity, key);
    return entry;
  }

  /** Forgets what nobody looked at for a while. */
  #sweep(): void {
    const before = performance.now() - this.#lingerMs;
    for (const entry of this.#entries.values()) {
      if (!this.#isRead(entry)) {
        entry.document = undefined;
        if (entry.seenAt <= before && !this.#keptEntries.has(entry)) {
          this.#forget(entry);
        }
      }
    }
  }

  #forget(entry: Entry): void {
    clearTimeout(entry.settling);
    entry.holds.set(new Map());
    this.#indexes.forEach(index => index.delete(entry));
    this.#entries.delete(entry.key);
  }

  #changed(cluster: string, { changes, states }: Batch): void {
    const index = this.#indexes.get(cluster);
    if (!index) {
      return;
    }
    const touched = states
      ? [...index.dependants()]
      : changes.flatMap(({ object }) => [...index.dependantsOn(object)]);
    const outdated = new Set(touched.filter(({ overview }) => overview));
    for (const entry of outdated) {
      entry.overview = undefined;
      entry.document = undefined;
    }
    for (const entry of outdated) {
      this.#settle(entry);
      this.#keptEntries.changed(entry);
    }
  }

  #computeKept(entry: Entry): void {
    try {
      this.#overviewOf(entry);
    } catch (error) {
      this.#logger.error(
        `Cannot compute the delivery of ${entry.entityRef}`,
        error as Error,
      );
    }
  }

  /** A single change is told at once; of many in a row the later ones are gathered. */
  #settle(entry: Entry): void {
    if (entry.viewers.size === 0 || entry.settling) {
      return;
    }
    const pause = entry.announcedAt + this.#settleMs - performance.now();
    if (pause <= 0) {
      // No timer: the shortest is longer than all the rest takes.
      this.#announce(entry);
      return;
    }
    entry.settling = setTimeout(() => {
      entry.settling = undefined;
      this.#announce(entry);
    }, pause);
  }

  /** Whatever fails here concerns nobody else, and must not end the process. */
  #announce(entry: Entry): void {
    entry.announcedAt = performance.now();
    try {
      const delivery = this.#documentOf(entry);
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

  #documentOf(entry: Entry): Delivery {
    entry.readAt = performance.now();
    return entry.document ?? this.#compute(entry);
  }

  #overviewOf(entry: Entry): DeliveryOverview {
    return entry.overview ?? toOverview(this.#compute(entry));
  }

  #computationOf(entry: Entry): Computation {
    this.#computations += 1;
    return computeDelivery({
      ...entry,
      clusters: this.#clusters,
      sources: this.#sources,
      usual: this.#usual,
      hold: (needed, further) => entry.holds.set(needed, further),
    });
  }

  #compute(entry: Entry): Delivery {
    const { delivery, observation, dependencies, places } =
      this.#computationOf(entry);
    this.#observe?.(observation);
    for (const [cluster, index] of this.#indexes) {
      const needed = dependencies.get(cluster);
      if (needed) {
        index.set(entry, needed);
      } else {
        index.delete(entry);
      }
    }
    entry.places = places;
    entry.overview = toOverview(delivery);
    if (this.#isRead(entry)) {
      entry.document = delivery;
    }
    return delivery;
  }

  #isRead({ viewers, readAt }: Entry): boolean {
    return viewers.size > 0 || readAt > performance.now() - this.#lingerMs;
  }
}
