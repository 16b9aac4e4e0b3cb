import { join } from 'node:path';

/** A Kubernetes object, whatever it is. */
export type AnyObject = {
  kind?: string;
  metadata: {
    name: string;
    labels?: Record<string, string>;
    creationTimestamp?: string;
  };
  spec?: any;
  status?: any;
};

/**
 * Reads the local platform's cluster as its administrator.
 *
 * @param platform - data folder of the local platform
 */
export async function administrator(platform: string) {
  const client = await import('@kubernetes/client-node');
  const config = new client.KubeConfig();
  config.loadFromFile(join(platform, 'kubeconfig'));
  const api = config.makeApiClient(client.CustomObjectsApi);
  const objects = config.makeApiClient(client.KubernetesObjectApi);
  return {
    async get(
      group: string,
      version: string,
      namespace: string,
      plural: string,
      name: string,
    ): Promise<AnyObject | undefined> {
      try {
        return await api.getNamespacedCustomObject({
          group,
          version,
          namespace,
          plural,
          name,
        });
      } catch (error) {
        if ((error as { code?: number }).code === 404) {
          return undefined;
        }
        throw error;
      }
    },
    async list(
      apiVersion: string,
      kind: string,
      namespace: string,
    ): Promise<AnyObject[]> {
      const { items } = await objects.list(apiVersion, kind, namespace);
      return items as AnyObject[];
    },
    async create(object: object): Promise<void> {
      await objects.create(object);
    },
    /** As Argo CD does. */
    async apply(object: object): Promise<void> {
      await objects.patch(
        object,
        undefined,
        undefined,
        'tests',
        true,
        client.PatchStrategy.ServerSideApply,
      );
    },
    async delete(object: object): Promise<void> {
      await objects.delete(object);
    },
  };
}
