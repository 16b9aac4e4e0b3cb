import { usePermission } from '@backstage/plugin-permission-react';
import { deliveryUsePermission } from '@golden-path/plugin-delivery-common';
import { useRef } from 'react';

/**
 * Whether the user may use the plugin, as it was answered last. It is asked again whenever
 * the window gets the focus: that this fails while a backend restarts takes nothing away
 * from whoever was allowed, and a refusal takes it away at once.
 */
export function useMayUse(): ReturnType<typeof usePermission> {
  const answer = usePermission({ permission: deliveryUsePermission });
  const wasAllowed = useRef(false);
  if (!answer.loading && !answer.error) {
    wasAllowed.current = answer.allowed;
  }
  return answer.error && wasAllowed.current
    ? { allowed: true, loading: false }
    : answer;
}
