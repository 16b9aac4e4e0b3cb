import { useApi } from '@backstage/frontend-plugin-api';
import type { DeliveryList } from '@golden-path/plugin-delivery-common';
import { useCallback, useEffect, useState } from 'react';
import { deliveryApiRef } from '../../api';
import type { DeliveryApi } from '../../api';
import type { DeliveryFailure } from '../../follow';
import { isFinal, toFailure } from '../../follow/failure';
import { pause, whenVisible, whileVisible } from '../../follow/visibility';
import { requestOf } from './fleetQuery';
import type { FleetQuery } from './fleetQuery';

/** How often a page that is seen asks whether anything changed. */
const REFRESH_MS = 15_000;

/** What is known of the list. */
export type Fleet = {
  list?: DeliveryList;
  /** What `list` and `failure` are the answer to; another query may be under way. */
  of?: string;
  /** When the backend last said that `list` is how things stand. */
  confirmedAt?: string;
  /** Why the newest request got no answer. */
  failure?: DeliveryFailure;
};

/**
 * Reads one page of the list and keeps it up to date while the page is seen: an answer
 * that did not change is not sent again. What was shown stays until the query has an
 * answer of its own.
 */
export function useFleet(query: FleetQuery) {
  const api = useApi(deliveryApiRef);
  const [fleet, setFleet] = useState<Fleet>({});
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(requestOf(query));

  useEffect(() => {
    const ended = new AbortController();
    follow(api, key, ended.signal, setFleet);
    return () => ended.abort();
  }, [api, key, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const isPending = fleet.of !== key;
  return {
    ...fleet,
    failure: isPending ? undefined : fleet.failure,
    isPending,
    retry,
  };
}

async function follow(
  api: DeliveryApi,
  key: string,
  signal: AbortSignal,
  update: (change: (before: Fleet) => Fleet) => void,
) {
  let etag: string | undefined;
  while (!signal.aborted) {
    await whenVisible(signal);
    const seen = whileVisible(signal);
    try {
      const answer = await api.listDeliveries({
        ...JSON.parse(key),
        etag,
        signal: seen.signal,
      });
      if (signal.aborted) {
        return;
      }
      const confirmedAt = new Date().toISOString();
      if (answer.changed) {
        etag = answer.etag;
        update(() => ({ list: answer.list, of: key, confirmedAt }));
      } else {
        update(({ list, of }) => ({ list, of, confirmedAt }));
      }
    } catch (error) {
      // What ends because nobody looks is asked again when somebody does.
      if (!seen.signal.aborted) {
        const failure = toFailure(error);
        update(before =>
          // The list of another query would be taken for this one's.
          before.of === key ? { ...before, failure } : { of: key, failure },
        );
        if (isFinal(failure)) {
          return;
        }
      }
    } finally {
      seen.release();
    }
    if (!signal.aborted && !document.hidden) {
      await pause(REFRESH_MS, signal);
    }
  }
}
