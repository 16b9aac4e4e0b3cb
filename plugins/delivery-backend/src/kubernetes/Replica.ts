import type { Collection } from './Collection';
import { Clock } from './clock';
import { Resource } from './Discovery';
import { isOlder } from './failures';
import { KubeError } from './KubeError';
import { KubeTransport } from './KubeTransport';
import { listResource } from './listResource';
import { accept, collectionPath } from './paths';
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

/**
 * How far a sink has followed one kind, and the requests that take it further. Every
 * write checks the signal: whoever was stopped writes nothing more.
 */
export class Replica {
  readonly counters: ReplicaCounters = { lists: 0, watches: 0, events: 0 };
  readonly #options: ReplicaOptions;
  readonly #metadataOnly: boolean;
  /** The sink equals the cluster at this version; unknown before the first list. */
  #resourceVersion?: string;
  #doubtful = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#metadataOnly = options.metadataOnly || isSecret(options.kind);
  }

  /** The next {@link Replica.catchUp} starts with a list. */
  reset(): void {
    this.#resourceVersion = undefined;
  }

  /** The next {@link Replica.catchUp} makes sure that our version is still known. */
  doubt(): void {
    this.#doubtful = true;
  }

  /** The cluster has no such kind, so no such objects. */
  clear(): void {
    this.reset();
    this.#options.sink.clear();
  }

  /** Lists, if the changes since the last known version cannot be had otherwise. */
  async catchUp(resource: Resource, signal: AbortSignal): Promise<void> {
    if (this.#resourceVersion && this.#doubtful) {
      await this.#checkVersion(resource, signal);
    }
    if (!this.#resourceVersion) {
      await this.#list(resource, signal);
    }
    this.#doubtful = false;
  }

  /**
   * Follows one watch to its end.
   *
   * @returns what ended it; undefined when the server closed it or the signal aborted
   */
  async watch(
    resource: Resource,
    signal: AbortSignal,
    notify: { onOpen(): void; onEvent(): void },
  ): Promise<KubeError | undefined> {
    const { transport, clock, kind, sink } = this.#options;
    this.counters.watches += 1;
    const events = watchResource({
      transport,
      clock,
      path: collectionPath(kind, resource, {
        watch: 1,
        allowWatchBookmarks: true,
        resourceVersion: this.#resourceVersion,
        // Spread, so that watches which began together do not end together.
        timeoutSeconds: Math.round(300 + clock.random() * 300),
      }),
      accept: accept('Object', this.#metadataOnly),
      signal,
      onOpen: notify.onOpen,
    });
    for await (const event of events) {
      if (signal.aborted) {
        return undefined;
      }
      if (event.type === 'ERROR') {
        return event.error;
      }
      notify.onEvent();
      this.counters.lastEventAt = clock.now();
      if (event.type !== 'BOOKMARK') {
        this.counters.events += 1;
        const object = trimObject(event.object, kind, resource);
        if (object && event.type === 'DELETED') {
          sink.remove(object);
        } else if (object) {
          sink.upsert(object);
        }
      }
      this.#resourceVersion = event.object.metadata.resourceVersion;
    }
    return undefined;
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
