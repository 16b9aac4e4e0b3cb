import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import { readArgoCdApplication } from './argoCdApplication';
import type { Operation } from './Operation';
import { applicationRef, environmentOf } from './targets';

/**
 * Lets Argo CD end the operation that is running.
 *
 * @see https://github.com/argoproj/argo-cd/blob/master/server/application/application.go TerminateOperation
 */
export const terminateSync: Operation<'terminate-sync'> = {
  permission: deliveryOperatePermission,
  async perform({ environment: name }, { delivery, cluster }) {
    const environment = environmentOf(delivery, name);
    const { isChanged } = await cluster.change(
      applicationRef(environment),
      object => {
        const { operation, status } = readArgoCdApplication(object);
        if (status?.operationState?.phase === 'Running') {
          return { status: { operationState: { phase: 'Terminating' } } };
        }
        // Asked for, and not begun: it is taken back.
        return operation ? { operation: null } : undefined;
      },
    );
    return isChanged
      ? {
          outcome: 'accepted',
          sentence: say('operation.terminate-sync', { environment: name }),
        }
      : {
          outcome: 'unchanged',
          sentence: say('operation.terminate-sync.none', { environment: name }),
        };
  },
};
