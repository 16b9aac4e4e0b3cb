import { kindKey, narrowedBy } from '../kubernetes/kindKey';
import { Store } from '../kubernetes/Store';
import { trimObject } from '../kubernetes/trim';
import type {
  ClusterWatch,
  KindRef,
  KindState,
  KindStatistics,
  KindTotals,
  KubernetesObject,
} from '../kubernetes';
import { readKinds } from '../sources';
import { resourceGraph } from './objects';

/**
 * A cluster whose objects and states a test decides; they are trimmed as real ones are.
 * The definition of the golden path is there from the beginning.
 */
export class MemoryCluster implements ClusterWatch {
  readonly #store = new Store(error => {
    throw error;
  });
  readonly #states = new Map<string, KindState>();
  started = false;

  constructor(
    readonly name: string,
    readonly kinds: readonly KindRef[] = readKinds,
  ) {
    this.setStates('live');
    if (this.kinds.some(({ kind }) => kind === 'ResourceGraphDefinition')) {
      this.put(resourceGraph());
    }
  }

  get objects() {
    return this.#store;
  }

  /** Puts objects as an API server sends them; each counts as changed. */
  put(...objects: object[]): this {
    for (const raw of objects) {
      const kind = this.#kindOf(raw as KubernetesObject);
      const [, version = 'v1'] = (raw as KubernetesObject).apiVersion.split(
        '/',
      );
      const object = trimObject(structuredClone(raw), kind, {
        apiVersion: (raw as KubernetesObject).apiVersion,
        version,
        plural: '',
        namespaced: true,
      });
      if (object) {
        this.#version += 1;
        object.metadata.resourceVersion = String(this.#version);
        this.#store.collection(kind).upsert(object);
      }
    }
    return this;
  }

  remove(raw: object): this {
    this.#store
      .collection(this.#kindOf(raw as KubernetesObject))
      .remove(raw as KubernetesObject);
    return this;
  }

  /** Sets the state of a kind, or of all. */
  setStates(state: KindState['state'], kind?: string, reason?: string): this {
    for (const each of this.kinds) {
      if (!kind || each.kind === kind) {
        this.#states.set(kindKey(each), {
          group: each.group,
          kind: each.kind,
          narrowedBy: narrowedBy(each),
          version: state === 'not-installed' ? undefined : 'v1',
          state,
          since: new Date('2026-11-24T06:00:00Z'),
          reason,
        });
      }
    }
    this.#store.stateChanged();
    return this;
  }

  /** Announces what changed at once rather than on the next tick. */
  flush(): void {
    this.#store.flush();
  }

  kindStates(): readonly KindState[] {
    return [...this.#states.values()];
  }

  statistics(): readonly KindStatistics[] {
    return this.kinds.map(kind => ({
      ...this.#states.get(kindKey(kind))!,
      holders: this.holders.get(`${kind.group}/${kind.kind}`) ?? 0,
      objects: this.#store.collection(kind).size,
      lists: 1,
      watches: 1,
      events: 0,
    }));
  }

  ended(): readonly KindTotals[] {
    return [];
  }

  subscribe(listener: Parameters<ClusterWatch['subscribe']>[0]): () => void {
    return this.#store.subscribe(listener);
  }

  /** How many hold each kind now. */
  readonly holders = new Map<string, number>();

  acquire(kinds: readonly KindRef[]): () => void {
    const count = (by: number) => {
      for (const { group, kind } of kinds) {
        const key = `${group}/${kind}`;
        this.holders.set(key, (this.holders.get(key) ?? 0) + by);
      }
    };
    count(1);
    let held = true;
    return () => {
      if (held) {
        held = false;
        count(-1);
      }
    };
  }

  start(): void {
    this.started = true;
  }

  async stop(): Promise<void> {
    this.started = false;
  }

  #version = 0;

  #kindOf(object: KubernetesObject): KindRef {
    const group = object.apiVersion.includes('/')
      ? object.apiVersion.split('/')[0]
      : '';
    const kind = this.kinds.find(
      each => each.group === group && each.kind === object.kind,
    );
    if (!kind) {
      throw new Error(`${object.kind} of ${group} is not watched`);
    }
    return kind;
  }
}
