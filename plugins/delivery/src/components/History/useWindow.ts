import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

/** Days that a window can have, and into how many parts its trend is cut. */
export const WINDOWS = [
  { days: 7, parts: 7 },
  { days: 30, parts: 15 },
  { days: 90, parts: 13 },
] as const;

const USUAL = WINDOWS[1];

/** One of {@link WINDOWS}. */
export type HistoryWindow = (typeof WINDOWS)[number];

/** How far back the page looks; it stands in the URL: `?days=7`. */
export function useWindow(): [HistoryWindow, (days: number) => void] {
  const [searchParams, setSearchParams] = useSearchParams();
  const { state } = useLocation();
  const asked = Number(searchParams.get('days'));
  const show = useCallback(
    (days: number) =>
      setSearchParams(
        previous => {
          const next = new URLSearchParams(previous);
          if (days === USUAL.days) {
            next.delete('days');
          } else {
            next.set('days', String(days));
          }
          return next;
        },
        // Its state has the way back through the pages of a list, which other days leave
        // as it is.
        { replace: true, state },
      ),
    [setSearchParams, state],
  );
  return [WINDOWS.find(({ days }) => days === asked) ?? USUAL, show];
}
