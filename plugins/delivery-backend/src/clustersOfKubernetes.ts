import type { Config } from '@backstage/config';
import { z } from 'zod';
import {
  azureTokens,
  eksTokens,
  googleTokens,
  type ClusterSource,
} from './kubernetes';

const METHODS = 'kubernetes.clusterLocatorMethods';
/** As Backstage's Kubernetes plugin names the cluster behind `kubectl proxy`. */
const LOCAL = { name: 'local', server: 'http://127.0.0.1:8001' };
const WHAT_TO_DO =
  'To watch it, add it to delivery.clusters with an account that may read';

/** What a cluster's `authMetadata` and a catalog entity's annotations call these. */
const ANNOTATIONS = {
  authProvider: 'kubernetes.io/auth-provider',
  assumeRole: 'kubernetes.io/aws-assume-role',
  externalId: 'kubernetes.io/aws-external-id',
  clusterId: 'kubernetes.io/x-k8s-aws-id',
};

const text = z.string().min(1).optional();
const clusterSchema = z.object({
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  authProvider: text,
  authMetadata: z.record(z.string(), z.string()).default({}),
  serviceAccountToken: text,
  assumeRole: text,
  externalId: text,
  caData: text,
  caFile: text,
  skipTLSVerify: z.union([z.boolean(), z.stringbool()]).optional(),
});

type GivenCluster = z.infer<typeof clusterSchema>;

/** A cluster of Backstage's Kubernetes plugin, and how to reach it. */
export interface KubernetesCluster {
  name: string;
  source: ClusterSource;
}

/**
 * Reads the clusters of Backstage's Kubernetes plugin that can be watched for everybody:
 * those whose credentials are the backend's own rather than those of who looks.
 *
 * @param onUnusable - told, for each other cluster, why it is not watched and what to do
 */
export function clustersOfKubernetes(
  config: Config,
  onUnusable: (message: string) => void,
): KubernetesCluster[] {
  const methods = config.getOptionalConfigArray(METHODS) ?? [];
  const clusters = methods.flatMap((method, number) =>
    readMethod(method, `${METHODS}[${number}]`, config, onUnusable),
  );
  return clusters.filter(({ name }, index) => {
    const isFirst = clusters.findIndex(each => each.name === name) === index;
    if (!isFirst) {
      onUnusable(
        `A cluster of ${METHODS} is not watched: its name ${name} is that of another before it. Give each its own`,
      );
    }
    return isFirst;
  });
}

function readMethod(
  method: Config,
  key: string,
  config: Config,
  onUnusable: (message: string) => void,
): KubernetesCluster[] {
  const type = method.getOptionalString('type');
  switch (type) {
    case 'config':
      return list(method.getOptional('clusters')).flatMap((given, index) =>
        readCluster(given, {
          config,
          key: `${key}.clusters[${index}]`,
          onUnusable,
        }),
      );
    case 'localKubectlProxy':
      return [
        {
          name: LOCAL.name,
          // The proxy adds the credentials, and speaks plain HTTP.
          source: { server: LOCAL.server, skipTLSVerify: true },
        },
      ];
    case 'catalog':
      onUnusable(
        `Clusters of ${key} (type catalog) are not watched: whoever may register an entity could have the backend's credentials sent to an address of theirs. To watch such a cluster, add it to delivery.clusters`,
      );
      return [];
    default:
      onUnusable(
        `Clusters of ${key} (type ${type}) are not watched: they are known only when Google is asked for them, or the type is none of Backstage's. To watch such a cluster, add it to delivery.clusters`,
      );
      return [];
  }
}

function readCluster(
  given: unknown,
  context: {
    config: Config;
    key: string;
    onUnusable: (message: string) => void;
  },
): KubernetesCluster[] {
  const { config, key, onUnusable } = context;
  const parsed = clusterSchema.safeParse(given);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    onUnusable(
      `${nameOf(given, key)} is not watched: ${[key, ...path].join(
        '.',
      )} is not understood (${message})`,
    );
    return [];
  }
  const cluster = parsed.data;
  const source = sourceOf(cluster, config);
  if (typeof source === 'string') {
    onUnusable(
      `Cluster ${cluster.name} of ${key} is not watched: ${source}. ${WHAT_TO_DO}`,
    );
    return [];
  }
  return [{ name: cluster.name, source }];
}

/** @returns why there is none, where there is none */
function sourceOf(
  cluster: GivenCluster,
  config: Config,
): ClusterSource | string {
  const { name, authMetadata } = cluster;
  const direct = {
    server: cluster.url,
    caData: cluster.caData,
    caFile: cluster.caFile,
    skipTLSVerify: cluster.skipTLSVerify,
  };
  const authProvider =
    authMetadata[ANNOTATIONS.authProvider] ?? cluster.authProvider;
  switch (authProvider) {
    case 'serviceAccount': {
      const token =
        authMetadata.serviceAccountToken ?? cluster.serviceAccountToken;
      // Without a token Backstage takes the pod's own account at the pod's own cluster.
      return token ? { ...direct, token } : { inCluster: true };
    }
    case 'aws':
      return {
        ...direct,
        tokens: eksTokens({
          credentials: () => awsCredentials(config),
          clusterId: authMetadata[ANNOTATIONS.clusterId] ?? name,
          assumeRole:
            authMetadata[ANNOTATIONS.assumeRole] ?? cluster.assumeRole,
          externalId:
            authMetadata[ANNOTATIONS.externalId] ?? cluster.externalId,
        }),
      };
    case 'googleServiceAccount':
      return {
        ...direct,
        tokens: googleTokens(
          config.getOptionalString(
            'kubernetes.googleServiceAccountCredentials',
          ),
        ),
      };
    case 'azure':
      return { ...direct, tokens: azureTokens() };
    case 'localKubectlProxy':
      return { ...direct, skipTLSVerify: true };
    case 'google':
    case 'oidc':
    case 'aks':
      return `its authProvider ${authProvider} needs the token of whoever looks, and one watch serves all who look`;
    case undefined:
      return 'it has no authProvider';
    default:
      return `its authProvider ${authProvider} is none that this plugin knows`;
  }
}

function nameOf(given: unknown, key: string): string {
  const name = (given as { name?: unknown } | null)?.name;
  return typeof name === 'string' && name
    ? `Cluster ${name}`
    : `Cluster ${key}`;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A large library that few need. */
async function awsCredentials(config: Config) {
  const { DefaultAwsCredentialsManager } = await import(
    '@backstage/integration-aws-node'
  );
  return DefaultAwsCredentialsManager.fromConfig(config);
}
