import { z } from 'zod';
import type { WorkloadFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { count, part } from '../lenient';
import type { Source, WatchedKind } from '../source';
import { trimmed } from '../trimmed';

const APPLICATION_LABEL = 'app.oam.dev/name';

/** Only what an OAM Application brought; pod templates hold environment variables. */
const deploymentKind: WatchedKind = {
  group: 'apps',
  kind: 'Deployment',
  labelSelector: APPLICATION_LABEL,
  trim: object =>
    trimmed(object, { spec: ['replicas'], status: ['readyReplicas'] }),
  place: 'destination',
  feeds: [],
};

const deploymentSchema = z.object({
  spec: part({ replicas: count }),
  status: part({ readyReplicas: count }),
});

/** Kubernetes itself: how many pods are ready. */
export const workloads: Source = {
  system: 'Kubernetes',
  kinds: [deploymentKind],
  collect({ objects, cluster, found }) {
    const destinations = new Map(
      found.applications
        .filter(({ destination }) => destination.watched)
        .flatMap(({ destination, oamApplications }) =>
          oamApplications.map(({ name, namespace }) => [
            `${namespace}/${name}`,
            {
              name,
              namespace,
              reader:
                (destination.cluster && cluster(destination.cluster)) ||
                objects,
            },
          ]),
        ),
    );
    return {
      workloads: [...destinations.values()].flatMap(
        ({ name, namespace, reader }) =>
          reader
            .byLabel(APPLICATION_LABEL, name)
            .filter(
              object =>
                object.kind === deploymentKind.kind &&
                object.metadata.namespace === namespace,
            )
            .map(readDeployment),
      ),
    };
  },
};

/** Reads a Deployment. */
export function readDeployment(object: KubernetesObject): WorkloadFacts {
  const { spec, status } = deploymentSchema.parse(object);
  return {
    kind: object.kind,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    oamApplication: object.metadata.labels?.[APPLICATION_LABEL],
    ready: status.readyReplicas ?? 0,
    // Kubernetes defaults to one replica.
    desired: spec.replicas ?? 1,
  };
}
