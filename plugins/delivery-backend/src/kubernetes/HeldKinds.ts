import { Clock } from './clock';
import { kindKey } from './kindKey';
import { addTotals, totalsOf } from './kindTotals';
import { Reflector } from './Reflector';
import { Store } from './Store';
import { applyTrim } from './trim';
import { KindRef, KindTotals, KubernetesObject } from './types';

/** One kind that is watched, and by how many it is held. */
export interface HeldKind {
  readonly reflector: Reflector;
  /** None while it lingers. */
  holders: number;
}

interface Entry extends HeldKind {
  /** All that any holder drops, for as long as the watch lasts. */
  trims: Set<Trim>;
  cancelLinger?: () => void;
}

type Trim = NonNullable<KindRef['trim']>;

export interface HeldKindsOptions {
  store: Store;
  clock: Clock;
  /** How long a kind that nobody holds is watched on. */
  lingerMs: number;
  /** Makes the reflector of a kind; its objects belong into the store's collection. */
  reflect(kind: KindRef): Reflector;
  /**
   * Called after kinds came or went.
   *
   * @param announced - whether somebody wants to hear of it
   */
  onChange(announced: boolean): void;
}

/**
 * Which kinds of a cluster are watched: one reflector per kind and selectors, however
 * many hold it, from the first who does until some time after the last. What one of the
 * holders drops is kept for none of them.
 */
export class HeldKinds implements Iterable<HeldKind> {
  readonly #entries = new Map<string, Entry>();
  /** By group and kind. */
  readonly #ended = new Map<string, KindTotals>();
  readonly #options: HeldKindsOptions;
  #started = false;

  constructor(options: HeldKindsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What watches that ended have cost, by kind. */
  get ended(): readonly KindTotals[] {
    return [...this.#ended.values()];
  }

  [Symbol.iterator](): Iterator<HeldKind> {
    return this.#entries.values();
  }

  /** @returns a function that releases the kinds; calling it again does nothing */
  acquire(kinds: readonly KindRef[]): () => void {
    const held = new Map<string, Entry>();
    const begun: KindRef[] = [];
    for (const kind of kinds) {
      const key = kindKey(kind);
      let entry = this.#entries.get(key);
      if (!entry) {
        entry = this.#begin(key, kind);
        begun.push(kind);
      }
      if (kind.trim) {
        this.#addTrim(entry, kind.trim);
      }
      held.set(key, entry);
    }
    for (const entry of held.values()) {
      entry.holders += 1;
      entry.cancelLinger?.();
      entry.cancelLinger = undefined;
      if (this.#started) {
        entry.reflector.start();
      }
    }
    if (begun.length > 0) {
      this.#options.onChange(begun.some(({ unannounced }) => !unannounced));
    }
    return () => {
      held.forEach((entry, key) => this.#release(key, entry));
      held.clear();
    };
  }

  start(): void {
    this.#started = true;
    this.#entries.forEach(({ reflector }) => reflector.start());
  }

  /** Ends all watches; what is held is watched again after another start. */
  async stop(): Promise<void> {
    this.#started = false;
    for (const [key, entry] of this.#entries) {
      if (entry.holders === 0) {
        this.#end(key, entry);
      }
    }
    await Promise.all(
      [...this.#entries.values()].map(({ reflector }) => reflector.stop()),
    );
  }

  #begin(key: string, kind: KindRef): Entry {
    const trims = new Set<Trim>();
    const trim = (object: KubernetesObject) =>
      [...trims].reduce((kept, each) => each(kept), object);
    const reflector = this.#options.reflect({ ...kind, trim });
    const entry = { reflector, holders: 0, trims };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Objects that are there already must not outlive what a new holder says of them. */
  #addTrim({ trims, reflector: { kind } }: Entry, trim: Trim): void {
    if (!trims.has(trim)) {
      trims.add(trim);
      this.#options.store
        .collection(kind)
        .rewrite(object => applyTrim(trim, structuredClone(object)));
    }
  }

  #release(key: string, entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders > 0 || this.#entries.get(key) !== entry) {
      return;
    }
    if (!this.#started) {
      this.#end(key, entry);
      return;
    }
    entry.cancelLinger = this.#options.clock.after(this.#options.lingerMs, () =>
      this.#end(key, entry),
    );
  }

  #end(key: string, entry: Entry): void {
    entry.cancelLinger?.();
    this.#entries.delete(key);
    // A stopped reflector writes nothing more, so its end need not be waited for.
    entry.reflector.stop();
    this.#remember(entry.reflector);
    this.#options.store.drop(entry.reflector.kind);
    this.#options.onChange(!entry.reflector.kind.unannounced);
  }

  /** Watches of single workloads come and go; what they cost stays counted. */
  #remember({ kind: { group, kind }, counters }: Reflector): void {
    const key = `${group}/${kind}`;
    const totals = totalsOf({ group, kind, ...counters });
    const before = this.#ended.get(key);
    this.#ended.set(key, before ? addTotals(before, totals) : totals);
  }
}
