import type {
  Change,
  KindRef,
  KubernetesObject,
  ObjectReader,
} from '../kubernetes/types';

/**
 * Reads objects and remembers what was asked for, so that a later change can be told to
 * matter or not. An answer of today may change through an object that is not in it yet;
 * hence questions are kept, and of answers only the uids.
 */
export class RecordingReader implements ObjectReader {
  readonly #reader: ObjectReader;
  readonly #uids = new Set<string>();
  readonly #owners = new Set<string>();
  readonly #labels = new Map<string, Set<string>>();
  readonly #lists = new Set<string>();
  readonly #names = new Set<string>();

  constructor(reader: ObjectReader) {
    this.#reader = reader;
  }

  list(kind: KindRef, namespace?: string): readonly KubernetesObject[] {
    this.#lists.add(`${kind.group}/${kind.kind}/${namespace ?? '*'}`);
    return this.#reader.list(kind, namespace);
  }

  get(
    kind: KindRef,
    name: string,
    namespace?: string,
  ): KubernetesObject | undefined {
    this.#names.add(`${kind.group}/${kind.kind}/${namespace ?? ''}/${name}`);
    return this.#reader.get(kind, name, namespace);
  }

  byLabel(label: string, value: string): readonly KubernetesObject[] {
    this.#labels.set(label, (this.#labels.get(label) ?? new Set()).add(value));
    return this.#remember(this.#reader.byLabel(label, value));
  }

  byOwner(uid: string): readonly KubernetesObject[] {
    this.#owners.add(uid);
    return this.#remember(this.#reader.byOwner(uid));
  }

  /** Whether any answer given so far may be another one after this change. */
  isTouchedBy({ object }: Change): boolean {
    const { metadata, kind, apiVersion } = object;
    const slash = apiVersion.indexOf('/');
    const prefix = `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
    const namespace = metadata.namespace ?? '';
    return (
      this.#uids.has(metadata.uid) ||
      this.#lists.has(`${prefix}/${namespace}`) ||
      this.#lists.has(`${prefix}/*`) ||
      this.#names.has(`${prefix}/${namespace}/${metadata.name}`) ||
      (metadata.ownerReferences ?? []).some(({ uid }) =>
        this.#owners.has(uid),
      ) ||
      Object.entries(metadata.labels ?? {}).some(([label, value]) =>
        this.#labels.get(label)?.has(value),
      )
    );
  }

  #remember(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
    objects.forEach(({ metadata }) => this.#uids.add(metadata.uid));
    return objects;
  }
}
