import type { RealCluster } from '../kubernetes/__testing__/RealCluster';

/** What a kubelet says of a reference that the registry does not know. */
export const PULL_MESSAGE =
  'Back-off pulling image "peeks/shop:9f3c1ab": manifest unknown: Requested image not found';

/** A pod whose image cannot be pulled. */
export interface RefusedPod {
  pod: string;
  container: string;
  /** Removes the pod, so that another takes its place. */
  replace(): Promise<unknown>;
}

/**
 * Writes the status of a pod whose image cannot be pulled, as a kubelet does: the local
 * platform has none.
 */
export async function refuseImage(
  cluster: RealCluster,
  namespace: string,
): Promise<RefusedPod> {
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const [pod] = (await cluster.send('GET', pods)).items;
  const { name, image } = pod.spec.containers[0];
  const now = new Date().toISOString();
  await cluster.send('PATCH', `${pods}/${pod.metadata.name}/status`, {
    status: {
      conditions: pod.status.conditions.map((each: any) =>
        ['Ready', 'ContainersReady'].includes(each.type)
          ? {
              ...each,
              status: 'False',
              reason: 'ContainersNotReady',
              message: `containers with unready status: [${name}]`,
              lastTransitionTime: now,
            }
          : each,
      ),
      containerStatuses: [
        {
          name,
          image,
          imageID: '',
          ready: false,
          started: false,
          restartCount: 1,
          state: {
            waiting: { reason: 'ImagePullBackOff', message: PULL_MESSAGE },
          },
          lastState: {
            terminated: { exitCode: 137, reason: 'Error', finishedAt: now },
          },
        },
      ],
    },
  });
  return {
    pod: pod.metadata.name,
    container: name,
    replace: () => cluster.send('DELETE', `${pods}/${pod.metadata.name}`),
  };
}
