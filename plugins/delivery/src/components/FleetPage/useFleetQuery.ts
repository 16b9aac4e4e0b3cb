import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import { fleetParamsOf, fleetQueryOf } from './fleetQuery';
import type { FleetQuery } from './fleetQuery';

/** What the page shows, kept in the URL: every state can be shared, and Back works. */
export function useFleetQuery() {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const query = useMemo(() => fleetQueryOf(params), [params]);

  /** Shows something else, from its first page on. */
  const show = useCallback(
    (change: Partial<FleetQuery>, options?: { replace?: boolean }) =>
      setParams(
        current =>
          withDays(
            current,
            fleetParamsOf({
              ...fleetQueryOf(current),
              ...change,
              cursor: undefined,
            }),
          ),
        options,
      ),
    [setParams],
  );

  /** Cursors of the pages before; unknown to whoever followed a link. */
  const before: Array<string | undefined> = useMemo(
    () => (Array.isArray(state?.before) ? state.before : []),
    [state],
  );
  const turn = {
    next: (cursor: string) =>
      setParams(
        withDays(
          params,
          fleetParamsOf({ ...query, cursor, page: query.page + 1 }),
        ),
        // Router state is stored as JSON-like data: no holes in it.
        { state: { before: [...before, query.cursor ?? ''] } },
      ),
    previous: () => {
      const cursor = before.at(-1) || undefined;
      setParams(
        withDays(
          params,
          fleetParamsOf({ ...query, cursor, page: query.page - 1 }),
        ),
        { state: { before: before.slice(0, -1) } },
      );
    },
  };
  return { query, show, turn };
}

/** The window of the figures is no part of the query of the list, and stays. */
function withDays(
  before: URLSearchParams,
  after: URLSearchParams,
): URLSearchParams {
  const days = before.get('days');
  if (days) {
    after.set('days', days);
  }
  return after;
}
