import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Which step of a run is open, which stands in the URL: `?step=ID`. */
export function useChosenStep(): [
  id: string,
  choose: (id: string | undefined) => void,
] {
  const [searchParams, setSearchParams] = useSearchParams();
  const choose = useCallback(
    (id: string | undefined) =>
      setSearchParams(
        previous => {
          const next = new URLSearchParams(previous);
          if (id === undefined) {
            next.delete('step');
          } else {
            next.set('step', id);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearchParams],
  );
  return [searchParams.get('step') ?? '', choose];
}
