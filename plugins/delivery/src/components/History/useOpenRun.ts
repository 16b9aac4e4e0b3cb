import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Opens a run by its address, `?run=NAME`, which is the same whether the cluster still
 * has the run or only the history does.
 */
export function useOpenRun(): {
  /** Names of the runs that are open. */
  open: string[];
  openRun: (name: string) => void;
  closeRun: (name: string) => void;
} {
  const [searchParams, setSearchParams] = useSearchParams();
  const change = useCallback(
    (name: string, isOpen: boolean) =>
      setSearchParams(
        previous => {
          const next = new URLSearchParams(previous);
          const others = next.getAll('run').filter(other => other !== name);
          next.delete('run');
          [...others, ...(isOpen ? [name] : [])].forEach(each =>
            next.append('run', each),
          );
          return next;
        },
        { replace: true },
      ),
    [setSearchParams],
  );
  return {
    open: searchParams.getAll('run'),
    openRun: useCallback(name => change(name, true), [change]),
    closeRun: useCallback(name => change(name, false), [change]),
  };
}
