import { readFile } from 'node:fs/promises';
import type { CustomObjectsApi } from '@kubernetes/client-node';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { ClusterConfig, chooseCluster, findCluster } from '../config';
import { ARGO_CD_NAMESPACE } from '../manifests/names';
import { Manifest } from '../manifests/registration';
import { Cluster, Clusters, ResourceKind } from './Cluster';
import { clusterFailure } from './failures';

/** Owner of the fields that the scaffolder sets, in the API server's books. */
export const FIELD_MANAGER = 'delivery-scaffolder';

const TIMEOUT_MILLISECONDS = 10_000;

// ESM only: it cannot be required from the CommonJS that Backstage builds.
const clientNode = () => import('@kubernetes/client-node');

/** A cluster that is reached through a kubeconfig file, read anew for every task. */
export class KubeConfigCluster implements Cluster {
  readonly #api: CustomObjectsApi;
  readonly #server: string;
  readonly #client: Awaited<ReturnType<typeof clientNode>>;
  readonly #versionOf: () => Promise<string>;

  private constructor(
    readonly name: string,
    readonly argoCdNamespace: string,
    parts: {
      client: Awaited<ReturnType<typeof clientNode>>;
      api: CustomObjectsApi;
      server: string;
      versionOf: () => Promise<string>;
    },
  ) {
    this.#client = parts.client;
    this.#api = parts.api;
    this.#server = parts.server;
    this.#versionOf = parts.versionOf;
  }

  /**
   * @param config - one entry of `delivery.clusters`
   * @throws InputError when no account is configured that may apply
   * @throws ServiceUnavailableError when the kubeconfig cannot be used
   */
  static async create(config: ClusterConfig): Promise<KubeConfigCluster> {
    if (!config.kubeconfig) {
      throw new InputError(
        `cluster "${config.name}" has no operatorKubeconfig in delivery.clusters of the app-config, and its own account may only read; ask your platform team to add one`,
      );
    }
    const client = await clientNode();
    const kubeConfig = new client.KubeConfig();
    let server: string | undefined;
    try {
      kubeConfig.loadFromString(await readFile(config.kubeconfig, 'utf8'));
      if (config.context) {
        kubeConfig.setCurrentContext(config.context);
      }
      server = kubeConfig.getCurrentCluster()?.server;
    } catch (error) {
      throw new ServiceUnavailableError(
        `The kubeconfig ${config.kubeconfig} of cluster "${
          config.name
        }" cannot be read (${
          (error as Error).message
        }); ask your platform team, or start the local platform`,
      );
    }
    if (!server) {
      throw new ServiceUnavailableError(
        `The kubeconfig ${config.kubeconfig} of cluster "${
          config.name
        }" has no context "${
          config.context ?? kubeConfig.getCurrentContext()
        }" with a cluster; correct delivery.clusters in the app-config`,
      );
    }
    const versionApi = kubeConfig.makeApiClient(client.VersionApi);
    return new KubeConfigCluster(config.name, config.argoCdNamespace, {
      client,
      server,
      api: kubeConfig.makeApiClient(client.CustomObjectsApi),
      versionOf: async () =>
        (await versionApi.getCode({}, withTimeout(client))).gitVersion,
    });
  }

  async version(): Promise<string> {
    return this.#try('say its version', this.#versionOf);
  }

  async kinds(group: string, version: string): Promise<string[]> {
    return this.#try(`list the kinds of ${group}/${version}`, async () => {
      const list = await this.#absentIs404(() =>
        this.#api.getAPIResources(
          { group, version },
          withTimeout(this.#client),
        ),
      );
      return (list?.resources ?? []).map(resource => resource.kind);
    });
  }

  async get(kind: ResourceKind, namespace: string, name: string) {
    return this.#try(`read ${kind.kind} ${namespace}/${name}`, () =>
      this.#absentIs404(() =>
        this.#api.getNamespacedCustomObject(
          { ...path(kind), namespace, name },
          withTimeout(this.#client),
        ),
      ),
    );
  }

  async apply(
    kind: ResourceKind,
    manifest: Manifest,
    options?: { dryRun?: boolean },
  ): Promise<{ uid: string }> {
    const { name, namespace } = manifest.metadata;
    return this.#try(`apply ${kind.kind} ${namespace}/${name}`, async () => {
      const applied = await this.#api.patchNamespacedCustomObject(
        {
          ...path(kind),
          namespace,
          name,
          body: manifest,
          fieldManager: FIELD_MANAGER,
          ...(options?.dryRun && { dryRun: 'All' }),
        },
        withTimeout(this.#client, this.#client.PatchStrategy.ServerSideApply),
      );
      return { uid: String(applied?.metadata?.uid ?? '') };
    });
  }

  async #try<T>(doing: string, fn: () => Promise<T>): Promise<T> {
    try {
      return await fn();
    } catch (error) {
      throw clusterFailure(
        error,
        { name: this.name, server: this.#server },
        doing,
      );
    }
  }

  async #absentIs404<T>(fn: () => Promise<T>): Promise<T | undefined> {
    try {
      return await fn();
    } catch (error) {
      if ((error as { code?: unknown }).code === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

function path(kind: ResourceKind) {
  return { group: kind.group, version: kind.version, plural: kind.plural };
}

/** Request options: a time limit, and the content type of a patch. */
function withTimeout(
  client: Awaited<ReturnType<typeof clientNode>>,
  contentType?: string,
) {
  const options = contentType
    ? client.setHeaderOptions('Content-Type', contentType)
    : client.setHeaderOptions('Accept', 'application/json');
  const [header] = options.middleware ?? [];
  return {
    ...options,
    middleware: [
      {
        pre: (context: Parameters<typeof header.pre>[0]) => {
          context.setSignal(AbortSignal.timeout(TIMEOUT_MILLISECONDS));
          return header.pre(context);
        },
        post: (response: Parameters<typeof header.post>[0]) =>
          header.post(response),
      },
    ],
  };
}

/**
 * The clusters of the app-config.
 *
 * @param configs - read from `delivery.clusters`
 */
export function kubeConfigClusters(configs: ClusterConfig[]): Clusters {
  return {
    get: async name => KubeConfigCluster.create(chooseCluster(configs, name)),
    argoCdNamespace: name =>
      findCluster(configs, name)?.argoCdNamespace ?? ARGO_CD_NAMESPACE,
  };
}
