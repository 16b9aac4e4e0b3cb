/** Resolves when the page is seen (again), or when the signal is aborted. */
export function whenVisible(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (!document.hidden || signal.aborted) {
      resolve();
      return;
    }
    const check = () => {
      if (!document.hidden || signal.aborted) {
        document.removeEventListener('visibilitychange', check);
        signal.removeEventListener('abort', check);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
  });
}

/**
 * A signal that is aborted as soon as the page is hidden or the given one is.
 *
 * @returns the signal, and how to let go of what it listens to
 */
export function whileVisible(signal: AbortSignal): {
  signal: AbortSignal;
  release: () => void;
} {
  const controller = new AbortController();
  const check = () => {
    if (document.hidden || signal.aborted) {
      controller.abort();
    }
  };
  document.addEventListener('visibilitychange', check);
  signal.addEventListener('abort', check);
  check();
  return {
    signal: controller.signal,
    release: () => {
      document.removeEventListener('visibilitychange', check);
      signal.removeEventListener('abort', check);
    },
  };
}

/**
 * Waits, but no longer than until the page is seen again: somebody who comes back
 * does not sit through what is left of a pause.
 */
export function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    const finish = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibilityChange);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const onVisibilityChange = () => {
      if (!document.hidden) {
        finish();
      }
    };
    const timer = setTimeout(finish, milliseconds);
    document.addEventListener('visibilitychange', onVisibilityChange);
    signal.addEventListener('abort', finish);
    if (signal.aborted) {
      finish();
    }
  });
}
