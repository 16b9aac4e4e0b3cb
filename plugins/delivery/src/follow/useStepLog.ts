import { useApi } from '@backstage/frontend-plugin-api';
import { useMemo, useSyncExternalStore } from 'react';
import { deliveryApiRef } from '../api';
import { StepLogFeed } from './StepLogFeed';
import type { StepLogView } from './StepLogFeed';

/** The log of a step, followed while the component is there and the page is seen. */
export function useStepLog(
  entityRef: string,
  run: string,
  step: string,
): StepLogView & { retry: () => void } {
  const api = useApi(deliveryApiRef);
  const feed = useMemo(
    () => new StepLogFeed({ api, request: { entityRef, run, step } }),
    [api, entityRef, run, step],
  );
  const view = useSyncExternalStore(feed.subscribe, feed.getView);
  return { ...view, retry: feed.retry };
}
