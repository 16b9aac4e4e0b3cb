import type { ApplicationFacts } from '../delivery/facts';
import type { ObjectReader } from '../kubernetes/types';
import type { Surroundings } from './source';

/** Names that Argo CD gives to the cluster that it runs in. */
const OWN_CLUSTER = ['in-cluster', 'https://kubernetes.default.svc'];

/**
 * The configured cluster that a destination of Argo CD is: Argo CD calls it by the name
 * or the address under which it was registered there.
 *
 * @returns `undefined` for a cluster that is not watched
 */
export function clusterOf(
  { name, server }: { name?: string; server?: string },
  { location, clusterAt }: Pick<Surroundings, 'location' | 'clusterAt'>,
): string | undefined {
  if (OWN_CLUSTER.includes(name || server || '')) {
    return location.cluster;
  }
  return [name, server].flatMap(each => (each && clusterAt(each)) || [])[0];
}

/**
 * What the cluster holds that an Application deploys to.
 *
 * @returns `undefined` for a cluster that is not watched: it tells nothing
 */
export function destinationOf(
  { destination }: ApplicationFacts,
  { location, objects, cluster }: Surroundings,
): ObjectReader | undefined {
  const { watchedCluster } = destination;
  if (watchedCluster === undefined) {
    return undefined;
  }
  return watchedCluster === location.cluster
    ? objects
    : cluster(watchedCluster);
}
