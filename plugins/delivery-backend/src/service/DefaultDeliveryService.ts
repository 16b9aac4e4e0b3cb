import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  Delivery,
  SourceHealth,
} from '@golden-path/plugin-delivery-common';
import { toSourceHealth } from '../delivery/deliveryOf';
import { NOTHING_BEYOND } from '../delivery/journey/beyond';
import type { LastRun } from '../delivery/lastRun';
import type { Location } from '../delivery/locate';
import type { Observation } from '../history/recordsOf';
import type { Batch } from '../kubernetes';
import type { Place, Source } from '../sources';
import type { BeyondOf } from './beyondClusters';
import {
  computeDelivery,
  healthOf,
  type ComputeOptions,
  type Computation,
  type WatchedCluster,
} from './computeDelivery';
import { DependencyIndex } from './DependencyIndex';
import type {
  DeliveryOverview,
  DeliveryService,
  DeliveryStatistics,
} from './DeliveryService';
import { Entries, type Entry } from './Entries';
import { Holds } from './Holds';
import { inSlices } from './inSlices';
import { KeptEntries } from './KeptEntries';
import { toOverview, withRecorded } from './toOverview';
import { Viewers } from './Viewers';
import { watchedKindsOf } from './watchedKinds';

export interface DeliveryServiceOptions {
  /** The first is the default of entities that name none. */
  clusters: readonly WatchedCluster[];
  sources: readonly Source[];
  logger: LoggerService;
  /** Viewers hear of changes at once, but not more often than this. Default: 50 ms. */
  settleMs?: number;
  /** How long a delivery that nobody looks at is kept. Default: 5 minutes. */
  lingerMs?: number;
  /** Hears of every delivery that is computed, and of the facts behind it. Must not throw. */
  observe?: (observation: Observation, delivery: Delivery) => void;
  /** How long the runs of a pipeline usually take, as far as is known. */
  usual?: ComputeOptions['usual'];
  /** The newest recorded run of a pipeline, as far as is known. */
  lastRun?: (location: Location) => LastRun | undefined;
  /** What no cluster knows. Asked for deliveries that somebody looks at only. */
  beyond?: BeyondOf;
  /** How long a change of an entity that nobody looks at may wait. Default: 1 s. */
  keptMs?: number;
}

/** How long what nobody looks at waits for clusters to be listed, in milliseconds. */
const SYNC_MS = 60_000;

/**
 * Computes each delivery once for all its viewers, and again only when something that it
 * was made from changed.
 */
export class DefaultDeliveryService implements DeliveryService {
  readonly #clusters: ReadonlyMap<string, WatchedCluster>;
  readonly #sources: readonly Source[];
  readonly #logger: LoggerService;
  readonly #entries: Entries;
  readonly #indexes: ReadonlyMap<string, DependencyIndex<Entry>>;
  /** Of clusters that are watched although nobody looks. */
  readonly #kept: Holds;
  readonly #keptEntries: KeptEntries<Entry>;
  readonly #observe?: DeliveryServiceOptions['observe'];
  readonly #usual: DeliveryServiceOptions['usual'];
  readonly #lastRun: DeliveryServiceOptions['lastRun'];
  readonly #beyond: DeliveryServiceOptions['beyond'];
  /** What each entry is told by when more is known; the same each time. */
  readonly #learning = new WeakMap<Entry, () => void>();
  readonly #unsubscribe: Array<() => void> = [];
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
    this.#entries = new Entries({
      clusters: this.#clusters,
      lingerMs: options.lingerMs ?? 5 * 60_000,
      viewersOf: (entry, entityRef) =>
        new Viewers({
          entityRef,
          read: () => this.#documentOf(entry()),
          settleMs: options.settleMs ?? 50,
          logger: options.logger,
        }),
      isKept: entry => this.#keptEntries.has(entry),
      onUnread: entry => {
        // What only readers need is watched until it is computed again.
        entry.overview = undefined;
        this.#keptEntries.changed(entry);
      },
      onForget: entry => this.#indexes.forEach(index => index.delete(entry)),
    });
    this.#observe = options.observe;
    this.#usual = options.usual;
    this.#lastRun = options.lastRun;
    this.#beyond = options.beyond;
    this.#keptEntries = new KeptEntries({
      compute: entry => this.#computeKept(entry),
      afterMs: options.keptMs ?? 1_000,
      isSettled: () => !this.#isSyncing(),
      settledAfterMs: SYNC_MS,
    });
  }

  /** Begins to watch what entities and viewers need. */
  start(): void {
    for (const [name, { watch }] of this.#clusters) {
      this.#unsubscribe.push(
        watch.subscribe(batch => this.#changed(name, batch)),
      );
      watch.start();
    }
    this.#entries.start();
  }

  /** Ends all watches and forgets everything. */
  async stop(): Promise<void> {
    this.#unsubscribe.splice(0).forEach(unsubscribe => unsubscribe());
    this.#keptEntries.stop();
    this.#entries.stop();
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
    const names = entities.map(
      entity => this.#entries.locate(entity).location.cluster,
    );
    const pipeline: ReadonlySet<Place> = new Set(['pipeline']);
    this.#kept.set(new Map(names.map(name => [name, pipeline])));
    if (this.#observe) {
      const entries = entities.map(entity => this.#entries.of(entity));
      this.#keptEntries.set(entries);
      entries
        .filter(({ overview }) => !overview)
        .forEach(entry => this.#keptEntries.changed(entry));
    }
  }

  read(entity: Entity): Delivery {
    return this.#documentOf(this.#entries.of(entity));
  }

  inspect(entity: Entity) {
    const entry = this.#entries.of(entity);
    const { delivery, observation } = this.#computationOf(entry);
    return { delivery, facts: observation.facts };
  }

  overview(entity: Entity): DeliveryOverview {
    return this.#overviewOf(this.#entries.of(entity));
  }

  sources(entities: readonly Entity[]): SourceHealth[] {
    const places = new Map<string, Set<Place>>();
    for (const entity of entities) {
      for (const [cluster, roles] of this.#entries.of(entity).places) {
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
    const entry = this.#entries.of(entity);
    const leave = entry.viewers.add(listener);
    return () => {
      leave();
      entry.readAt = performance.now();
      entry.seenAt = entry.readAt;
    };
  }

  statistics(): DeliveryStatistics {
    const now = new Date();
    return {
      clusters: [...this.#clusters.values()].map(({ watch }) => ({
        name: watch.name,
        kinds: watchedKindsOf(watch, now),
      })),
      entries: this.#entries.size,
      computations: this.#computations,
    };
  }

  #changed(cluster: string, { changes, states }: Batch): void {
    const index = this.#indexes.get(cluster);
    if (!index) {
      return;
    }
    const touched = states
      ? [...index.dependants()]
      : changes.flatMap(({ object }) => [...index.dependantsOn(object)]);
    const outdated = new Set(
      // Also those that could not be computed last time.
      touched.filter(({ overview, viewers }) => overview || viewers.size > 0),
    );
    for (const entry of outdated) {
      entry.overview = undefined;
      entry.document = undefined;
    }
    outdated.forEach(entry => this.#keptEntries.changed(entry));
    // The state of a kind concerns all, and thousands of them may be followed.
    void inSlices(outdated, ({ viewers }) => viewers.changed());
  }

  /** Whether some kind is listed for the first time. */
  #isSyncing(): boolean {
    return [...this.#clusters.values()].some(({ watch }) =>
      watch.kindStates().some(({ state }) => state === 'syncing'),
    );
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

  #documentOf(entry: Entry): Delivery {
    entry.readAt = performance.now();
    return entry.document ?? this.#compute(entry);
  }

  #overviewOf(entry: Entry): DeliveryOverview {
    return withRecorded(
      entry.overview ?? toOverview(this.#compute(entry)),
      // It is read later than the row is made, and asked for each time.
      this.#lastRun?.(entry.located.location),
    );
  }

  #computationOf(entry: Entry): Computation {
    this.#computations += 1;
    entry.forReader = this.#entries.isRead(entry);
    return computeDelivery({
      ...entry,
      isRead: entry.forReader,
      clusters: this.#clusters,
      sources: this.#sources,
      usual: this.#usual,
      beyond: this.#beyond && (subject => this.#beyondOf(entry, subject)),
      hold: (needed, further) => entry.holds.set(needed, further),
    });
  }

  #beyondOf(entry: Entry, subject: Parameters<BeyondOf>[0]) {
    const learn =
      this.#learning.get(entry) ??
      (() => {
        entry.document = undefined;
        entry.viewers.changed();
      });
    this.#learning.set(entry, learn);
    return (
      this.#beyond?.(
        subject,
        this.#entries.isRead(entry) ? learn : undefined,
      ) ?? NOTHING_BEYOND
    );
  }

  #compute(entry: Entry): Delivery {
    const { delivery, observation, dependencies, places } =
      this.#computationOf(entry);
    this.#observe?.(observation, delivery);
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
    if (this.#entries.isRead(entry)) {
      entry.document = delivery;
    }
    return delivery;
  }
}
