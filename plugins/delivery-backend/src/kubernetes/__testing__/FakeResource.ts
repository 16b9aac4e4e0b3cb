import { KubernetesObject } from '../types';

export interface ServedKind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

export interface FakeEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: unknown;
}

interface LogEntry {
  version: number;
  event: FakeEvent;
}

/** One kind of a {@link FakeApiServer}: objects, their history, and who follows it. */
export class FakeResource {
  readonly objects = new Map<string, KubernetesObject>();
  readonly watchers = new Set<(event: FakeEvent, torn?: boolean) => void>();
  /** Whether connections break in the middle of the line of an event. */
  tearing = false;
  #log: LogEntry[] = [];
  #compactedAt = 0;

  constructor(
    readonly served: ServedKind,
    private readonly nextVersion: () => number,
  ) {}

  put(
    object: Partial<KubernetesObject> & { name: string; namespace?: string },
  ) {
    const { name, namespace, metadata, ...fields } = object;
    const id = `${namespace ?? ''}/${name}`;
    const old = this.objects.get(id);
    const version = this.nextVersion();
    const { group } = this.served;
    const stored: KubernetesObject = {
      apiVersion: `${group ? `${group}/` : ''}${this.served.version}`,
      kind: this.served.kind,
      ...fields,
      metadata: {
        creationTimestamp: '2026-11-24T05:00:00Z',
        // Each write is a change of something.
        ...{ generation: version },
        ...(metadata as object),
        name,
        ...(namespace && { namespace }),
        uid: old?.metadata.uid ?? `uid-${version}`,
        resourceVersion: String(version),
      },
    };
    this.objects.set(id, stored);
    this.#append(version, { type: old ? 'MODIFIED' : 'ADDED', object: stored });
    return stored;
  }

  delete(name: string, namespace?: string): void {
    const id = `${namespace ?? ''}/${name}`;
    const old = this.objects.get(id);
    if (old) {
      const version = this.nextVersion();
      this.objects.delete(id);
      const metadata = { ...old.metadata, resourceVersion: String(version) };
      this.#append(version, { type: 'DELETED', object: { ...old, metadata } });
    }
  }

  /** Forgets the history, as etcd's compaction does. */
  compact(): void {
    this.#compactedAt = this.nextVersion();
    this.#log = [];
  }

  bookmark(): void {
    const { kind } = this.served;
    const metadata = { resourceVersion: String(this.nextVersion()) };
    this.send({ type: 'BOOKMARK', object: { kind, metadata } });
  }

  send(event: FakeEvent): void {
    for (const watcher of [...this.watchers]) {
      watcher(event, this.tearing);
    }
  }

  /** What happened after a version; undefined when that is no longer known. */
  since(version: number): FakeEvent[] | undefined {
    if (version < this.#compactedAt) {
      return undefined;
    }
    return this.#log
      .filter(entry => entry.version > version)
      .map(({ event }) => event);
  }

  #append(version: number, event: FakeEvent): void {
    this.#log.push({ version, event });
    this.send(event);
  }
}
