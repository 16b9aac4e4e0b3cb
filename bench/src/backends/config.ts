import { readFileSync } from 'node:fs';
import type { WatchedResource } from '../platform/resources.ts';
import type { BackendOptions } from './BackendProcess.ts';

/** The app of this repository, with all of the plugins that it was built with. */
const FRONTEND = {
  packages: 'all',
  // Files of earlier builds, which nobody asks for.
  disableStaticFallbackCache: true,
};

/** Backstage's configuration for a backend with some of the plugins. */
export function configOf(
  { plugins, kubeconfig, customResources = [] }: BackendOptions,
  port: number,
): string {
  const url = `http://127.0.0.1:${port}`;
  return JSON.stringify({
    app: { baseUrl: url, ...(plugins.includes('app') && FRONTEND) },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      // Helmet asks browsers for HTTPS, which there is none of.
      csp: { 'upgrade-insecure-requests': false },
    },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    permission: { enabled: true },
    ...(plugins.includes('delivery') && {
      delivery: { clusters: [{ name: 'local', kubeconfig }] },
    }),
    ...(plugins.includes('kubernetes') && {
      kubernetes: kubernetesPlugin(kubeconfig, customResources),
    }),
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
