import type { Collection } from './Collection';
import { Clock } from './clock';
import { Resource } from './Discovery';
import { isOlder } from './failures';
import { KubeError } from './KubeError';
import { KubeTransport } from './KubeTransport';
import { listResource } from './listResource';
import { accept, collectionPath } from './paths';
import {
  endsInitialObjects,
  InitialObjects,
  StreamSupport,
} from './streamingList';
import { isSecret, trimObject } from './trim';
import { KindRef } from './types';
import { watchResource } from './watchResource';

/** Where objects go: a {@link Collection}, or whoever else keeps up with a kind. */
export type ObjectSink = Pick<
  Collection,
  'replace' | 'upsert' | 'remove' | 'clear'
>;

export interface ReplicaOptions {
  kind: KindRef;
  transport: KubeTransport;
  sink: ObjectSink;
  clock: Clock;
  /** Asks for metadata only. Always so for Secrets. */
  metadataOnly?: boolean;
}

/** What was asked of the API server, and what it told, so far. */
export interface ReplicaCounters {
  lists: number;
  watches: number;
  events: number;
  lastEventAt?: Date;
}

/** What a follower hears of. */
export interface Notify {
  /** The sink equals the cluster, and the API server has accepted the watch. */
  onLive(): void;
  /** The watch tells something. */
  onEvent(): void;
}

/** Bookmarks come about once a minute. */
const IDLE_MS = 90_000;
/** Within a streaming list there is no reason to be silent. */
const INITIAL_IDLE_MS = 30_000;

/**
 * How far a sink has followed one kind, and the requests that take it further. Every
 * write checks the signal: whoever was stopped writes nothing more.
 */
export class Replica {
  readonly counters: ReplicaCounters = { lists: 0, watches: 0, events: 0 };
  readonly #options: ReplicaOptions;
  readonly #metadataOnly: boolean;
  readonly #stream = new StreamSupport();
  /** The sink equals the cluster at this version; unknown before the first list. */
  #resourceVersion?: string;
  #doubtful = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#metadataOnly = options.metadataOnly || isSecret(options.kind);
  }

  /** The next {@link Replica.follow} starts with a list. */
  reset(): void {
    this.#resourceVersion = undefined;
  }

  /** The next {@link Replica.follow} makes sure that our version is still known. */
  doubt(): void {
    this.#doubtful = true;
  }

  /** The server cannot be reached; the one that comes back may be able to do more. */
  serverIsAway(): void {
    this.#stream.serverWasAway();
  }

  /** The cluster has no such kind, so no such objects. */
  clear(): void {
    this.reset();
    this.#options.sink.clear();
  }

  /**
   * Makes the sink equal to the cluster and keeps it so for as long as one watch lasts.
   * What has changed since the last known version comes with that watch; without one it
   * begins with a list, in the same request where the API server serves that.
   *
   * @returns what ended the watch; undefined when the server closed it or the signal
   * aborted
   * @throws KubeError when a list fails
   */
  async follow(
    resource: Resource,
    signal: AbortSignal,
    notify: Notify,
  ): Promise<KubeError | undefined> {
    if (this.#resourceVersion && this.#doubtful) {
      await this.#checkVersion(resource, signal);
    }
    this.#doubtful = false;
    if (!this.#resourceVersion && this.#stream.wanted) {
      const initial = new InitialObjects();
      const failure = await this.#watch(resource, signal, notify, initial);
      if (this.#stream.wanted || signal.aborted) {
        return failure;
      }
    }
    if (!this.#resourceVersion) {
      await this.#list(resource, signal);
    }
    return signal.aborted ? undefined : this.#watch(resource, signal, notify);
  }

  async #watch(
    resource: Resource,
    signal: AbortSignal,
    notify: Notify,
    initial?: InitialObjects,
  ): Promise<KubeError | undefined> {
    const { transport, clock, kind, sink } = this.#options;
    this.counters.watches += 1;
    let pending = initial;
    let opened = false;
    const events = watchResource({
      transport,
      clock,
      path: collectionPath(kind, resource, {
        watch: 1,
        allowWatchBookmarks: true,
        ...(initial
          ? { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
          : { resourceVersion: this.#resourceVersion }),
        // Spread, so that watches which began together do not end together.
        timeoutSeconds: Math.round(300 + clock.random() * 300),
      }),
      accept: accept('Object', this.#metadataOnly),
      signal,
      idleMs: () => (pending ? INITIAL_IDLE_MS : IDLE_MS),
      onOpen: () => {
        opened = true;
        if (initial) {
          this.counters.lists += 1;
        } else {
          notify.onLive();
        }
      },
    });
    let failure: KubeError | undefined;
    for await (const event of events) {
      if (signal.aborted) {
        return undefined;
      }
      if (event.type === 'ERROR') {
        failure = event.error;
        break;
      }
      this.counters.lastEventAt = clock.now();
      if (event.type !== 'BOOKMARK') {
        this.counters.events += pending ? 0 : 1;
        const object = trimObject(event.object, kind, resource);
        const target = pending ?? sink;
        if (object && event.type === 'DELETED') {
          target.remove(object);
        } else if (object) {
          target.upsert(object);
        }
      } else if (pending && endsInitialObjects(event.object)) {
        sink.replace(pending);
        pending = undefined;
        this.#stream.listed();
        notify.onLive();
      }
      if (!pending) {
        this.#resourceVersion = event.object.metadata.resourceVersion;
        notify.onEvent();
      }
    }
    if (pending && !signal.aborted) {
      this.#stream.brokeOff(failure, opened);
    }
    return failure;
  }

  async #list(resource: Resource, signal: AbortSignal): Promise<void> {
    const { transport, kind, sink } = this.#options;
    this.counters.lists += 1;
    const { resourceVersion, objects } = await listResource(
      {
        transport,
        path: query => collectionPath(kind, resource, query),
        accept: accept('List', this.#metadataOnly),
        signal,
      },
      raw => trimObject(raw, kind, resource),
    );
    if (!signal.aborted) {
      sink.replace(objects);
      this.#resourceVersion = resourceVersion;
      this.#stream.listed();
    }
  }

  /**
   * An API server whose data was restored or wiped accepts a watch from our version
   * and stays silent until it gets there. A list of one object tells its version.
   */
  async #checkVersion(resource: Resource, signal: AbortSignal): Promise<void> {
    const { transport, kind } = this.#options;
    const answer = (await transport.get(
      collectionPath(kind, resource, { limit: 1 }),
      { accept: accept('List', true), signal },
    )) as { metadata?: { resourceVersion?: string } };
    const current = answer?.metadata?.resourceVersion;
    if (current && isOlder(current, this.#resourceVersion!)) {
      this.reset();
    }
  }
}
