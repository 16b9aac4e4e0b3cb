import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ARGO_CD_NAMESPACE } from './manifests/names';

/** One cluster of `delivery.clusters[]`, as the scaffolder uses it. */
export interface ClusterConfig {
  name: string;
  /** Kubeconfig file of an account that may apply; none where the pod's own is used to read. */
  kubeconfig?: string;
  context?: string;
  argoCdNamespace: string;
}

/**
 * Reads `delivery.clusters`: the operator's kubeconfig where there is one, else
 * the reader's.
 *
 * @param config - the whole app-config
 */
export function readClusters(config: Config): ClusterConfig[] {
  const clusters = config.getOptionalConfigArray('delivery.clusters') ?? [];
  return clusters.map(cluster => ({
    name: cluster.getString('name'),
    kubeconfig:
      cluster.getOptionalString('operatorKubeconfig') ??
      cluster.getOptionalString('kubeconfig'),
    context: cluster.getOptionalString('context'),
    argoCdNamespace:
      cluster.getOptionalString('argoCdNamespace') ?? ARGO_CD_NAMESPACE,
  }));
}

/**
 * Finds a cluster by its name, or the first one.
 *
 * @param clusters - as configured
 * @param name - as in the template; the first cluster without one
 */
export function findCluster(
  clusters: ClusterConfig[],
  name: string | undefined,
): ClusterConfig | undefined {
  return name
    ? clusters.find(candidate => candidate.name === name)
    : clusters[0];
}

/**
 * Chooses a cluster by its name, or the first one.
 *
 * @param clusters - as configured
 * @param name - as in the template; the first cluster without one
 * @throws InputError when it is not configured
 */
export function chooseCluster(
  clusters: ClusterConfig[],
  name: string | undefined,
): ClusterConfig {
  const cluster = findCluster(clusters, name);
  if (!cluster) {
    const known = clusters.map(candidate => `"${candidate.name}"`).join(', ');
    throw new InputError(
      name
        ? `cluster "${name}" is not in delivery.clusters of the app-config (known: ${
            known || 'none'
          }); choose one of them or ask your platform team to add it`
        : 'delivery.clusters is empty in the app-config; ask your platform team to add a cluster',
    );
  }
  return cluster;
}
