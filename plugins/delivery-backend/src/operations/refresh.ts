import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import type { Operation } from './Operation';
import { applicationRef, environmentOf } from './targets';

/**
 * Lets Argo CD compare Git and cluster now.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/
 */
export const refresh: Operation<'refresh'> = {
  permission: deliveryOperatePermission,
  async perform({ environment: name }, { delivery, cluster }) {
    const environment = environmentOf(delivery, name);
    await cluster.change(applicationRef(environment), () => ({
      metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
    }));
    return {
      outcome: 'accepted',
      sentence: say('operation.refresh', { environment: name }),
    };
  },
};
