import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeliveryList,
  DoraFigures,
} from '@golden-path/plugin-delivery-common';
import { useCallback, useMemo } from 'react';
import { deliveryApiRef } from '../../api';
import { useReading } from '../History/useReading';

/**
 * The DORA figures of the rows of a page, all with one request, and again when something
 * was deployed.
 */
export function useRowFigures(list: DeliveryList | undefined, days: number) {
  const api = useApi(deliveryApiRef);
  const refs = (list?.items ?? []).map(row => row.entityRef).join(' ');
  const deployed = (list?.items ?? [])
    .flatMap(row => row.environments.map(({ deployedAt }) => deployedAt))
    .join(' ');
  const read = useCallback(
    async (signal: AbortSignal) =>
      refs
        ? api.listDora({ entityRefs: refs.split(' '), days, signal })
        : { items: [] },
    [api, refs, days],
  );
  const { value, failure, isPending, retry } = useReading(read, deployed);
  const figures = useMemo(
    () =>
      new Map<string, DoraFigures>(
        value?.items.map(item => [item.entityRef, item.figures]),
      ),
    [value],
  );
  return { figures, failure, isPending, retry };
}
