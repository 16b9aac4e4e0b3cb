import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import type { Operation } from './Operation';
import { applicationRef, environmentOf } from './targets';

/** Argo CD removes it as soon as it has looked. */
const REFRESH = 'argocd.argoproj.io/refresh';

/**
 * Lets Argo CD compare Git and cluster now.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/
 */
export const refresh: Operation<'refresh'> = {
  permission: deliveryOperatePermission,
  async perform({ environment: name }, { delivery, cluster }) {
    const environment = environmentOf(delivery, name);
    const { isChanged } = await cluster.change(
      applicationRef(environment),
      ({ metadata }) =>
        metadata.annotations?.[REFRESH]
          ? undefined
          : { metadata: { annotations: { [REFRESH]: 'normal' } } },
    );
    return {
      outcome: isChanged ? 'accepted' : 'unchanged',
      sentence: say('operation.refresh', { environment: name }),
    };
  },
};
