/** A kind to watch. Version, plural and scope come from the cluster's discovery. */
export interface KindRef {
  /** API group, `''` for the core group. */
  group: string;
  kind: string;
  /** Label selector that narrows what is listed and watched. */
  labelSelector?: string;
  /** Field selector that narrows what is listed and watched, as `metadata.name=a`. */
  fieldSelector?: string;
  /** Watches one namespace only, for accounts that may not list a whole cluster. */
  namespace?: string;
  /** Nothing is missed where it may not be read, so that nobody is told. */
  optional?: boolean;
  /**
   * Nobody's answer depends on how well it is known, only on its objects: that it comes,
   * becomes known and goes is announced to nobody. For watches that concern few.
   */
  unannounced?: boolean;
  /**
   * Drops what nobody reads, or what must not be kept, before an object is stored.
   * Pure; may change and return the object it is given. Objects that it throws on
   * are stored without anything but their metadata.
   */
  trim?(object: KubernetesObject): KubernetesObject;
}

/** An object as the store keeps it: without managedFields, without Secret data. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: Array<{
      apiVersion: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }>;
  };
  [field: string]: unknown;
}

/** One object came, changed or went. */
export interface Change {
  type: 'upsert' | 'delete';
  object: KubernetesObject;
}

/** How well one kind of one cluster is known; see `SourceHealth` of delivery-common. */
export interface KindState {
  group: string;
  kind: string;
  /** What narrows the watch to some of its objects; absent where it is of all. */
  narrowedBy?: string;
  /** See {@link KindRef.optional}. */
  optional?: boolean;
  /** Served version in use, once discovered. */
  version?: string;
  state: 'syncing' | 'live' | 'stale' | 'forbidden' | 'not-installed';
  /** When it came to this state. */
  since: Date;
  reason?: string;
}

/** What one kind holds and costs, for metrics and health. */
export interface KindStatistics extends Omit<KindState, 'reason'> {
  /** By how many it is held; none while it lingers. */
  holders: number;
  objects: number;
  /** Lists since it is watched: one, and one more for each time that it was listed again. */
  lists: number;
  /** Watch requests since it is watched: one, and one for each reconnection. */
  watches: number;
  /** Objects that watches told of. */
  events: number;
  /** When a watch last said anything, be it that nothing changed (a bookmark). */
  lastEventAt?: Date;
}

/** What watches of one kind cost after they began, together; these only ever grow. */
export interface KindTotals {
  group: string;
  kind: string;
  /** Objects that watches told of. */
  events: number;
  /** Complete lists after the first of each watch. */
  relists: number;
  /** Watch requests after the first of each watch. */
  reconnects: number;
}

/** Reads what a cluster holds, from memory. Never waits, never throws. */
export interface ObjectReader {
  /** All objects of a kind, optionally of one namespace, in no particular order. */
  list(kind: KindRef, namespace?: string): readonly KubernetesObject[];
  get(
    kind: KindRef,
    name: string,
    namespace?: string,
  ): KubernetesObject | undefined;
  /** Objects of all watched kinds that carry this label value. */
  byLabel(label: string, value: string): readonly KubernetesObject[];
  /** Objects of all watched kinds with an ownerReference to this uid. */
  byOwner(uid: string): readonly KubernetesObject[];
}

/** Everything that is watched in one cluster: the kinds that somebody holds. */
export interface ClusterWatch {
  readonly name: string;
  readonly objects: ObjectReader;
  /** Of the kinds that are watched, held or lingering. */
  kindStates(): readonly KindState[];
  /** Of the same kinds, in the same order. */
  statistics(): readonly KindStatistics[];
  /** What watches that ended have cost, by kind: sums with it never fall. */
  ended(): readonly KindTotals[];
  /**
   * Calls back after a batch of changes or a change of a kind's state; the callback
   * must not throw.
   *
   * @returns a function that ends the subscription
   */
  subscribe(
    listener: (batch: { changes: readonly Change[]; states: boolean }) => void,
  ): () => void;
  /**
   * Holds kinds watched: each from now on, once however many hold it, and for some
   * minutes after the last has released it; then its objects are dropped. Any kind may
   * be held, also one that no other ever named. One that was not watched is `syncing`
   * at first.
   *
   * @returns a function that releases them; calling it again does nothing
   */
  acquire(kinds: readonly KindRef[]): () => void;
  /** Begins to watch what is held. */
  start(): void;
  stop(): Promise<void>;
}
