import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, ApiServer } from './ApiServer.ts';
import type { KubernetesObject } from './manifests.ts';

/** Fields of one manager are kept or removed together (server-side apply). */
export type FieldManager = 'local-platform' | 'golden-path';

/** Names an object. */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

const ESTABLISHED_MS = 120_000;
const PAUSE_MS = 500;
const MERGE_PATCH = 'application/merge-patch+json';
/** JSON is YAML, and is read faster. */
const APPLY_PATCH = 'application/apply-patch+yaml';

function describe({ kind, metadata }: ObjectReference): string {
  const { name, namespace } = metadata;
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** The local cluster, as its administrator. */
export class Cluster {
  readonly #api: ApiServer;
  readonly #resources = new Map<string, ApiResource[]>();

  constructor(kubeconfig: string) {
    this.#api = new ApiServer(kubeconfig);
  }

  /** Server-side apply, in the order given. */
  async apply(
    objects: KubernetesObject[],
    manager: FieldManager,
  ): Promise<void> {
    for (const object of objects) {
      try {
        await this.#api.call({
          method: 'PATCH',
          path: `${await this.#path(
            object,
          )}?fieldManager=${manager}&force=true`,
          body: object,
          contentType: APPLY_PATCH,
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        throw new Error(`${describe(object)} was refused: ${reason}`, {
          cause: error,
        });
      }
    }
  }

  /** Applies definitions of kinds and waits until the API server serves them. */
  async applyDefinitions(definitions: KubernetesObject[]): Promise<void> {
    await Promise.all(definitions.map(it => this.#define(it)));
  }

  /** The object as it is in the cluster; nothing when there is none, or not even its kind. */
  async read(
    reference: ObjectReference,
  ): Promise<KubernetesObject | undefined> {
    try {
      return await this.#api.call<KubernetesObject>({
        method: 'GET',
        path: await this.#path(reference),
      });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** All objects of a kind, in every namespace; none when there is no such kind. */
  async list(apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) {
      return [];
    }
    const { items } = await this.#api.call<{ items: KubernetesObject[] }>({
      method: 'GET',
      path: `${groupPath(apiVersion)}/${resource.name}`,
    });
    // Items of a list carry neither, on the wire.
    return items.map(item => ({ ...item, apiVersion, kind }));
  }

  /** Merges into an object; `null` removes a field (RFC 7386). */
  async merge(reference: ObjectReference, body: object): Promise<void> {
    await this.#api.call({
      method: 'PATCH',
      path: await this.#path(reference),
      body,
      contentType: MERGE_PATCH,
    });
  }

  /** Merges into an object's status. */
  async patchStatus(reference: ObjectReference, status: object): Promise<void> {
    await this.#api.call({
      method: 'PATCH',
      path: `${await this.#path(reference)}/status`,
      body: { status },
      contentType: MERGE_PATCH,
    });
  }

  /**
   * Calls back with every object of a kind, now and whenever one changes, until the signal.
   *
   * Each watch begins without a version, and so first tells all that is there: nothing is missed however the last one
   * ended. For callbacks that judge an object by what it says, not by what has changed.
   *
   * @param path - such as `/api/v1/pods`
   */
  async follow(
    path: string,
    options: {
      labelSelector?: string;
      signal: AbortSignal;
      onObject: (object: KubernetesObject) => void;
    },
  ): Promise<void> {
    const { labelSelector, signal, onObject } = options;
    const query = new URLSearchParams({
      watch: 'true',
      ...(labelSelector && { labelSelector }),
    });
    while (!signal.aborted) {
      try {
        const events = this.#api.watch<KubernetesObject>(
          `${path}?${query}`,
          signal,
        );
        for await (const { type, object } of events) {
          if (type === 'ADDED' || type === 'MODIFIED') {
            onObject(object);
          }
        }
      } catch {
        // The API server is restarting, or the kind is not there yet.
      }
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #define(definition: KubernetesObject): Promise<void> {
    await this.apply([definition], 'local-platform');
    const deadline = Date.now() + ESTABLISHED_MS;
    while (!established(await this.read(definition))) {
      if (Date.now() > deadline) {
        throw new Error(`${describe(definition)} is not served`);
      }
      await delay(100);
    }
  }

  async #resource(
    apiVersion: string,
    kind: string,
  ): Promise<ApiResource | undefined> {
    const find = () =>
      this.#resources
        .get(apiVersion)
        ?.find(it => it.kind === kind && !it.name.includes('/'));
    const known = find();
    if (known) {
      return known;
    }
    try {
      const { resources } = await this.#api.call<{ resources: ApiResource[] }>({
        method: 'GET',
        path: groupPath(apiVersion),
      });
      this.#resources.set(apiVersion, resources);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 404)) {
        throw error;
      }
    }
    return find();
  }

  async #path({ apiVersion, kind, metadata }: ObjectReference) {
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) {
      throw new ApiError(404, `the cluster has no kind ${apiVersion} ${kind}`);
    }
    const namespace = resource.namespaced
      ? `/namespaces/${metadata.namespace ?? 'default'}`
      : '';
    const name = encodeURIComponent(metadata.name);
    return `${groupPath(apiVersion)}${namespace}/${resource.name}/${name}`;
  }
}

function groupPath(apiVersion: string): string {
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
}

function established(definition: KubernetesObject | undefined): boolean {
  const status = definition?.status as
    | { conditions?: { type: string; status: string }[] }
    | undefined;
  return (
    status?.conditions?.some(
      condition =>
        condition.type === 'Established' && condition.status === 'True',
    ) ?? false
  );
}
