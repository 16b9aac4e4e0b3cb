import { isDeepStrictEqual } from 'node:util';
import { Batch } from '../Store';
import { Change, KindState, KubernetesObject } from '../types';

/**
 * What a subscriber was told, and every mistake in how it was told. For objects whose
 * content never returns to what it was before.
 */
export class Ledger {
  /** Sentences; empty when all is well. */
  readonly mistakes: string[] = [];
  /** Each state that was announced of any kind, in order. */
  readonly states: KindState[] = [];
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #deleted = new Set<string>();
  readonly #last = new Map<string, KindState>();

  constructor(private readonly current: () => readonly KindState[]) {}

  record({ changes, states }: Batch): void {
    changes.forEach(change => this.#change(change));
    if (states) {
      for (const state of this.current()) {
        const key = `${state.group}/${state.kind}`;
        if (this.#last.get(key) !== state) {
          this.#last.set(key, state);
          this.states.push(state);
        }
      }
    }
  }

  /** What the changes amount to. */
  objectsOf(kind: { kind: string; group: string }): KubernetesObject[] {
    return [...this.#objects.values()].filter(
      object =>
        object.kind === kind.kind &&
        object.apiVersion.split('/').slice(0, -1).join() === kind.group,
    );
  }

  /** Whether the end of an object that was once told of has been told. */
  toldDeletionOf(uid: string): boolean {
    return this.#deleted.has(uid);
  }

  #change({ type, object }: Change): void {
    const { uid, name } = object.metadata;
    const known = this.#objects.get(uid);
    if (this.#deleted.has(uid)) {
      this.mistakes.push(
        type === 'delete'
          ? `deletion of ${object.kind} ${name} was told twice`
          : `${object.kind} ${name} came back after its deletion was told`,
      );
    }
    if (type === 'delete') {
      this.#objects.delete(uid);
      this.#deleted.add(uid);
      return;
    }
    if (known && isDeepStrictEqual(content(known), content(object))) {
      this.mistakes.push(`${object.kind} ${name} was told twice`);
    }
    this.#objects.set(uid, object);
  }
}

/** An object but for its version, which changes of what is not kept move too. */
export function content(object: KubernetesObject): KubernetesObject {
  const { resourceVersion, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, resourceVersion: '' } };
}
