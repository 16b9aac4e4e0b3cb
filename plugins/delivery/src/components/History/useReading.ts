import { useCallback, useEffect, useRef, useState } from 'react';
import { toFailure } from '../../follow/failure';
import type { DeliveryFailure } from '../../follow';

/**
 * What was read of the history.
 *
 * - `value` is the newest that was understood, also while or after newer ones are asked for
 * - `failure` says why the last question was not answered
 */
export type Reading<T> = {
  value?: T;
  failure?: DeliveryFailure;
  isPending: boolean;
  retry: () => void;
};

/**
 * The backend writes down what has ended at the moment when it tells of it. Things end
 * together, such as a run and what it deploys: one question is enough for them.
 */
const SETTLE_MS = 1_500;

type State<T> = {
  /** What was asked for. */
  of?: unknown;
  value?: T;
  failure?: DeliveryFailure;
};

/**
 * Reads once, again when the mark changes, and never else.
 *
 * @param read - asks the backend; another function is another question
 * @param mark - changes when there may be something new
 */
export function useReading<T>(
  read: (signal: AbortSignal) => Promise<T>,
  mark: string,
): Reading<T> {
  const [{ of, value, failure }, setState] = useState<State<T>>({});
  const [attempt, setAttempt] = useState(0);
  const asked = useRef<{ read: unknown; attempt: number }>();

  useEffect(() => {
    const ended = new AbortController();
    const isRefresh =
      asked.current?.read === read && asked.current.attempt === attempt;
    asked.current = { read, attempt };
    const ask = () =>
      read(ended.signal).then(
        answer =>
          !ended.signal.aborted && setState({ of: read, value: answer }),
        error =>
          !ended.signal.aborted &&
          setState(before => ({
            of: read,
            // What another question was answered would be taken for this one's answer.
            value: before.of === read ? before.value : undefined,
            failure: toFailure(error),
          })),
      );
    const timer = setTimeout(ask, isRefresh ? SETTLE_MS : 0);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [read, mark, attempt]);

  const retry = useCallback(() => {
    setState(before => ({ ...before, failure: undefined }));
    setAttempt(before => before + 1);
  }, []);
  return { value, failure, isPending: of !== read, retry };
}
