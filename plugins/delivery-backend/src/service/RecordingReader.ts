import type {
  KindRef,
  KubernetesObject,
  ObjectReader,
} from '../kubernetes/types';
import { dependencyOn } from './DependencyIndex';

/**
 * Reads objects and remembers what was asked for, so that a later change can be told to
 * matter or not. An answer of today may change through an object that is not in it yet;
 * hence questions are kept, and of answers only the uids. For one computation: later
 * answers would be those of before.
 */
export class RecordingReader implements ObjectReader {
  readonly #reader: ObjectReader;
  readonly #dependencies = new Set<string>();
  readonly #answers = new Map<string, readonly KubernetesObject[]>();

  constructor(reader: ObjectReader) {
    this.#reader = reader;
  }

  /** What the answers so far depend on. */
  get dependencies(): ReadonlySet<string> {
    return this.#dependencies;
  }

  list(kind: KindRef, namespace?: string): readonly KubernetesObject[] {
    this.#dependencies.add(dependencyOn.list(kind.group, kind.kind, namespace));
    return this.#reader.list(kind, namespace);
  }

  get(
    kind: KindRef,
    name: string,
    namespace?: string,
  ): KubernetesObject | undefined {
    this.#dependencies.add(
      dependencyOn.name(kind.group, kind.kind, name, namespace),
    );
    return this.#reader.get(kind, name, namespace);
  }

  byLabel(label: string, value: string): readonly KubernetesObject[] {
    return this.#once(dependencyOn.label(label, value), () =>
      this.#reader.byLabel(label, value),
    );
  }

  byOwner(uid: string): readonly KubernetesObject[] {
    return this.#once(dependencyOn.owner(uid), () => this.#reader.byOwner(uid));
  }

  /** Each source asks for the same children again, and all kinds have to be searched. */
  #once(
    question: string,
    ask: () => readonly KubernetesObject[],
  ): readonly KubernetesObject[] {
    const known = this.#answers.get(question);
    if (known) {
      return known;
    }
    const objects = ask();
    this.#answers.set(question, objects);
    this.#dependencies.add(question);
    objects.forEach(({ metadata }) =>
      this.#dependencies.add(dependencyOn.object(metadata.uid)),
    );
    return objects;
  }
}
