import type {
  Delivery,
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isConfirmed } from './isConfirmed';
import { isSame } from './isSame';

/** By then the stream would have shown it, or it led to nothing that shows. */
const GIVE_UP_MS = 30_000;
/** Argo CD looks at once, and mostly finds nothing new. */
const GIVE_UP_REFRESH_MS = 4_000;

type Pending = {
  request: OperationRequest;
  outcome: OperationOutcome;
  /** The document when it was asked for. */
  before: Delivery;
};

/** Remembers what was accepted until the stream shows what it led to. */
export function usePendingOperations(delivery: Delivery) {
  const [pending, setPending] = useState<Pending[]>([]);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  useEffect(() => {
    setPending(previous => {
      const still = previous.filter(
        each => !isConfirmed(each, each.before, delivery),
      );
      return still.length === previous.length ? previous : still;
    });
  }, [delivery]);

  useEffect(() => {
    const started = timers.current;
    return () => started.forEach(clearTimeout);
  }, []);

  const add = useCallback((each: Pending, now: Delivery) => {
    // The stream may be faster than the answer.
    if (isConfirmed(each, each.before, now)) {
      return;
    }
    setPending(previous => [...previous, each]);
    const isRefresh = each.request.operation === 'refresh';
    const timer = setTimeout(
      () => {
        timers.current.delete(timer);
        setPending(previous => previous.filter(other => other !== each));
      },
      isRefresh ? GIVE_UP_REFRESH_MS : GIVE_UP_MS,
    );
    timers.current.add(timer);
  }, []);

  const isPending = useCallback(
    (request: OperationRequest) =>
      pending.some(each => isSame(each.request, request)),
    [pending],
  );
  return { add, isPending };
}
