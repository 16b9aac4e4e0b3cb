import { usePermission } from '@backstage/plugin-permission-react';
import {
  deliveryOperatePermission,
  deliveryPromotePermission,
} from '@golden-path/plugin-delivery-common';
import type {
  Delivery,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { useCallback } from 'react';
import { useWords } from '../../language';

/** Whether something can be done, and why not where it cannot. */
export type Availability =
  | { state: 'available' | 'asking' }
  | { state: 'unavailable'; reason: string };

/** Tells of each operation whether this user can have it done to this entity. */
export function useAvailability(
  entityRef: string,
  { operable, notOperable }: Pick<Delivery, 'operable' | 'notOperable'>,
): (request: OperationRequest) => Availability {
  const { t, say } = useWords();
  const operate = usePermission({
    permission: deliveryOperatePermission,
    resourceRef: entityRef,
  });
  const promote = usePermission({
    permission: deliveryPromotePermission,
    resourceRef: entityRef,
  });
  const operateReason = reasonOf(operate, deliveryOperatePermission.name);
  const promoteReason = reasonOf(promote, deliveryPromotePermission.name);
  const clusterReason =
    operable === false
      ? (notOperable && say(notOperable)) ?? t('operation.notOperable')
      : undefined;
  const isAskingOperate = operate.loading;
  const isAskingPromote = promote.loading;

  function reasonOf(
    result: ReturnType<typeof usePermission>,
    permission: string,
  ): string | undefined {
    if (result.loading || result.allowed) {
      return undefined;
    }
    return result.error
      ? t('operation.permissionUnknown', { message: result.error.message })
      : t('operation.notAllowed', { permission });
  }

  return useCallback(
    ({ operation }) => {
      const isPromotion = operation === 'promote';
      const reason =
        clusterReason ?? (isPromotion ? promoteReason : operateReason);
      if (reason !== undefined) {
        return { state: 'unavailable', reason };
      }
      const isAsking = isPromotion ? isAskingPromote : isAskingOperate;
      return { state: isAsking ? 'asking' : 'available' };
    },
    [
      clusterReason,
      operateReason,
      promoteReason,
      isAskingOperate,
      isAskingPromote,
    ],
  );
}
