import { KubeError } from './KubeError';
import { KubernetesObject } from './types';
import { RawObject } from './watchResource';

/**
 * The objects of a streaming list, gathered apart until the API server says that these
 * are all: a list that breaks off has changed nothing.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
 */
export class InitialObjects {
  readonly #objects = new Map<string, KubernetesObject>();

  [Symbol.iterator](): Iterator<KubernetesObject> {
    return this.#objects.values();
  }

  upsert(object: KubernetesObject): void {
    this.#objects.set(object.metadata.uid, object);
  }

  remove(object: KubernetesObject): void {
    this.#objects.delete(object.metadata.uid);
  }
}

/** Whether a bookmark is the one after the last object of a streaming list. */
export function endsInitialObjects({ metadata }: RawObject): boolean {
  return metadata.annotations?.['k8s.io/initial-events-end'] === 'true';
}

/** What is known of how an API server streams the lists of one kind. */
export class StreamSupport {
  #refused = false;
  #swallowed = false;
  /** In a row. */
  #broken = 0;

  /** Whether the next list is asked for as a stream. */
  get wanted(): boolean {
    return !this.#refused && !this.#swallowed && this.#broken < 2;
  }

  /**
   * A streaming list came to no end. API servers before 1.27, and those with the feature
   * switched off, refuse it; one behind a proxy that drops parameters never says that the
   * list is complete. These are not asked again, but for a server that has been away: it
   * may be a newer one now, behind the same proxy. One that breaks, twice, may be longer
   * than the way to the server lets a request be: pages are shorter.
   */
  brokeOff(error: KubeError | undefined, opened: boolean): void {
    if (error?.status === 400 || error?.status === 422) {
      this.#refused = true;
    } else if (opened && error?.failure === 'timeout') {
      this.#swallowed = true;
    } else if (opened) {
      this.#broken += 1;
    }
  }

  /** The server was away. A refusal costs one short request, so it is asked once more. */
  serverWasAway(): void {
    this.#refused = false;
  }

  /** A list is complete, whichever way. */
  listed(): void {
    this.#broken = 0;
  }
}
