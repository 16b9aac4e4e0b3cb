import { readFileSync } from 'node:fs';
import type { WatchedResource } from '../platform/resources.ts';
import type { BackendOptions } from './BackendProcess.ts';

/** Backstage's configuration for a backend with one of the two plugins. */
export function configOf(
  { plugin, kubeconfig, customResources = [] }: BackendOptions,
  port: number,
): string {
  const url = `http://127.0.0.1:${port}`;
  return JSON.stringify({
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    permission: { enabled: true },
    ...(plugin === 'delivery'
      ? { delivery: { clusters: [{ name: 'local', kubeconfig }] } }
      : { kubernetes: kubernetesPlugin(kubeconfig, customResources) }),
  });
}

/** The Kubernetes plugin, told of the same cluster and the same custom resources. */
function kubernetesPlugin(
  kubeconfig: string,
  customResources: readonly WatchedResource[],
) {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const { server, 'certificate-authority-data': caData } = clusters[0].cluster;
  return {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'local',
            url: server,
            caData,
            authProvider: 'serviceAccount',
            serviceAccountToken: users[0].user.token,
            // In its favour: without this it asks for pods once more.
            skipMetricsLookup: true,
          },
        ],
      },
    ],
    customResources: customResources.map(({ apiVersion, plural }) => {
      const [group, version] = apiVersion.split('/');
      return { group, apiVersion: version, plural };
    }),
  };
}
