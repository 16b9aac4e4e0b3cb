import type { Run } from '@golden-path/plugin-delivery-common';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { stepOf } from './stepOf';

/**
 * Opens a run by its address, `?run=NAME`, which is the same whether the cluster still
 * has the run or only the history does.
 */
export function useOpenRun(): {
  /** Names of the runs that are open, each once. */
  open: string[];
  /** With the step of this id, where one is given. */
  openRun: (name: string, step?: string) => void;
  /** Closes the step that is open with it, too, where it is one of `steps`. */
  closeRun: (run: Pick<Run, 'name' | 'steps'>) => void;
} {
  const [searchParams, setSearchParams] = useSearchParams();
  const change = useCallback(
    (name: string, how: (search: URLSearchParams) => void) =>
      setSearchParams(
        previous => {
          const next = new URLSearchParams(previous);
          const others = next.getAll('run').filter(other => other !== name);
          next.delete('run');
          others.forEach(other => next.append('run', other));
          how(next);
          return next;
        },
        { replace: true },
      ),
    [setSearchParams],
  );
  const named = searchParams.getAll('run').filter(Boolean);
  return {
    open: [...new Set(named)],
    openRun: useCallback(
      (name, step) =>
        change(name, next => {
          next.append('run', name);
          if (step) next.set('step', step);
        }),
      [change],
    ),
    closeRun: useCallback(
      run =>
        change(run.name, next => {
          if (stepOf(run, next.get('step') ?? '')) {
            next.delete('step');
          }
        }),
      [change],
    ),
  };
}
