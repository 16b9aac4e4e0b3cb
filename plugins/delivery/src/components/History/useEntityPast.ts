import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeploymentHistory,
  Dora,
  RunHistory,
} from '@golden-path/plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api';
import { useReading } from './useReading';
import type { Reading } from './useReading';
import type { HistoryWindow } from './useWindow';

/** As many as the backend gives at once: more could not be told apart in a small chart. */
const NEWEST = 200;

/** What was recorded of an entity. Runs and deployments are those of all windows. */
export function useEntityPast(options: {
  entityRef: string;
  window: HistoryWindow;
  /** Changes when there may be something new. */
  mark: string;
}): {
  runs: Reading<RunHistory>;
  deployments: Reading<DeploymentHistory>;
  dora: Reading<Dora>;
} {
  const { entityRef, window, mark } = options;
  const api = useApi(deliveryApiRef);
  const readRuns = useCallback(
    (signal: AbortSignal) =>
      api.getRunHistory({ entityRef, limit: NEWEST, signal }),
    [api, entityRef],
  );
  const readDeployments = useCallback(
    (signal: AbortSignal) =>
      api.getDeploymentHistory({ entityRef, limit: NEWEST, signal }),
    [api, entityRef],
  );
  const { days, parts } = window;
  const readDora = useCallback(
    (signal: AbortSignal) => api.getDora({ entityRef, days, parts, signal }),
    [api, entityRef, days, parts],
  );
  return {
    runs: useReading(readRuns, mark),
    deployments: useReading(readDeployments, mark),
    dora: useReading(readDora, mark),
  };
}
