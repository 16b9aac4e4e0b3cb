import type { KubernetesObject } from '../cluster/manifests.ts';
import { MAIN_CONTAINER } from './environment.ts';

interface ContainerStatus {
  name: string;
  image: string;
  state?: { running?: { startedAt?: string } };
}

/**
 * Status of a pod whose containers have ended, from its status while they ran.
 *
 * @param failure - message of the main container, which then has exit code 1
 */
export function endedStatus(
  pod: KubernetesObject,
  failure: string | undefined,
  now: Date,
): object {
  const { containerStatuses = [], conditions = [] } = (pod.status ?? {}) as {
    containerStatuses?: ContainerStatus[];
    conditions?: { type: string; status: string }[];
  };
  const finishedAt = now.toISOString();
  return {
    phase: failure === undefined ? 'Succeeded' : 'Failed',
    conditions: conditions.map(condition =>
      ['Ready', 'ContainersReady'].includes(condition.type)
        ? {
            ...condition,
            status: 'False',
            reason: failure === undefined ? 'PodCompleted' : 'PodFailed',
            lastTransitionTime: finishedAt,
          }
        : condition,
    ),
    containerStatuses: containerStatuses.map(({ name, image, state }) => {
      const failed = failure !== undefined && name === MAIN_CONTAINER;
      return {
        name,
        image,
        imageID: '',
        ready: false,
        started: false,
        restartCount: 0,
        state: {
          terminated: {
            exitCode: failed ? 1 : 0,
            reason: failed ? 'Error' : 'Completed',
            ...(failed && { message: failure }),
            startedAt: state?.running?.startedAt ?? finishedAt,
            finishedAt,
          },
        },
      };
    }),
  };
}
