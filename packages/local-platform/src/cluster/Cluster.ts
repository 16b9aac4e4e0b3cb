import { setTimeout as delay } from 'node:timers/promises';
import {
  ApiException,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  setHeaderOptions,
} from '@kubernetes/client-node';
import { follow } from './follow.ts';
import type { KubernetesObject } from './manifests.ts';

/** Fields of one manager are kept or removed together (server-side apply). */
export type FieldManager = 'local-platform' | 'golden-path';

const ESTABLISHED_MS = 60_000;
const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

function describe(object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof ApiException && error.code === code;
}

/** The local cluster, as its administrator. */
export class Cluster {
  readonly #config: KubeConfig;
  readonly #objects: KubernetesObjectApi;
  readonly #custom: CustomObjectsApi;
  readonly #core: CoreV1Api;

  constructor(kubeconfig: string) {
    this.#config = new KubeConfig();
    this.#config.loadFromFile(kubeconfig);
    this.#objects = KubernetesObjectApi.makeApiClient(this.#config);
    this.#custom = this.#config.makeApiClient(CustomObjectsApi);
    this.#core = this.#config.makeApiClient(CoreV1Api);
  }

  /** Server-side apply, in the order given. */
  async apply(
    objects: KubernetesObject[],
    manager: FieldManager,
  ): Promise<void> {
    for (const object of objects) {
      try {
        await this.#objects.patch(
          object,
          undefined,
          undefined,
          manager,
          true,
          PatchStrategy.ServerSideApply,
        );
      } catch (error) {
        throw new Error(`${describe(object)} was refused: ${reason(error)}`, {
          cause: error,
        });
      }
    }
  }

  /** Applies definitions of kinds and waits until the API server serves them. */
  async applyDefinitions(definitions: KubernetesObject[]): Promise<void> {
    await this.apply(definitions, 'local-platform');
    const deadline = Date.now() + ESTABLISHED_MS;
    for (const definition of definitions) {
      while (!established(await this.read(definition))) {
        if (Date.now() > deadline) {
          throw new Error(`${describe(definition)} is not served`);
        }
        await delay(100);
      }
    }
  }

  /** The object as it is in the cluster; nothing when there is none, or not even its kind. */
  async read(
    reference: Pick<KubernetesObject, 'apiVersion' | 'kind'> & {
      metadata: { name: string; namespace?: string };
    },
  ): Promise<KubernetesObject | undefined> {
    try {
      return (await this.#objects.read(reference)) as KubernetesObject;
    } catch (error) {
      if (
        hasCode(error, 404) ||
        (error instanceof Error && /Unrecognized API/.test(error.message))
      ) {
        return undefined;
      }
      throw error;
    }
  }

  /** All objects of a kind, in every namespace. */
  async list(apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    const { items } = await this.#objects.list(apiVersion, kind);
    // Items of a list carry neither, on the wire.
    return items.map(item => ({
      ...item,
      apiVersion,
      kind,
    })) as KubernetesObject[];
  }

  async remove(object: KubernetesObject): Promise<void> {
    try {
      await this.#objects.delete(object);
    } catch (error) {
      if (!hasCode(error, 404)) {
        throw error;
      }
    }
  }

  /** Merges into the status of a custom resource. */
  async patchStatus(
    object: KubernetesObject,
    plural: string,
    status: object,
  ): Promise<void> {
    const [group, version] = object.apiVersion.split('/');
    await this.#custom.patchNamespacedCustomObjectStatus(
      {
        group,
        version,
        plural,
        namespace: object.metadata.namespace ?? '',
        name: object.metadata.name,
        body: { status },
      },
      mergePatch,
    );
  }

  async patchPodStatus(
    namespace: string,
    name: string,
    status: object,
  ): Promise<void> {
    await this.#core.patchNamespacedPodStatus(
      { namespace, name, body: { status } },
      mergePatch,
    );
  }

  /**
   * Calls back with every object under a path, now and whenever one changes, until the signal.
   *
   * @param path - such as `/api/v1/pods`
   */
  follow(
    path: string,
    options: {
      labelSelector?: string;
      signal: AbortSignal;
      onObject: (object: KubernetesObject) => void;
    },
  ): void {
    void follow(this.#config, path, options);
  }
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

function reason(error: unknown): string {
  if (error instanceof ApiException) {
    const body: unknown = error.body;
    if (typeof body === 'object' && body !== null && 'message' in body) {
      return String(body.message);
    }
    return typeof body === 'string' ? body : `code ${error.code}`;
  }
  return error instanceof Error ? error.message : String(error);
}
