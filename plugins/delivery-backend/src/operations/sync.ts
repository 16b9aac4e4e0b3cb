import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import {
  hasOperation,
  operationOn,
  readArgoCdApplication,
} from './argoCdApplication';
import type { Operation } from './Operation';
import { applicationRef, environmentOf } from './targets';

/** Lets Argo CD bring an environment to what Git says. */
export const sync: Operation<'sync'> = {
  permission: deliveryOperatePermission,
  async perform({ environment: name }, { delivery, cluster, user }) {
    const environment = environmentOf(delivery, name);
    const { isChanged } = await cluster.change(
      applicationRef(environment),
      object => {
        const application = readArgoCdApplication(object);
        return hasOperation(application)
          ? undefined
          : operationOn(application, user);
      },
    );
    return isChanged
      ? {
          outcome: 'accepted',
          sentence: say('operation.sync', { environment: name }),
        }
      : {
          outcome: 'unchanged',
          sentence: say('operation.sync.running', { environment: name }),
        };
  },
};
