/** Calls back whenever the page is shown or hidden and when the signal is aborted. */
function onChange(signal: AbortSignal, callback: () => void): () => void {
  document.addEventListener('visibilitychange', callback);
  signal.addEventListener('abort', callback);
  return () => {
    document.removeEventListener('visibilitychange', callback);
    signal.removeEventListener('abort', callback);
  };
}

/** Resolves when the page is seen (again), or when the signal is aborted. */
export async function whenVisible(signal: AbortSignal): Promise<void> {
  while (document.hidden && !signal.aborted) {
    await new Promise<void>(resolve => {
      const release = onChange(signal, () => {
        release();
        resolve();
      });
    });
  }
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
  const ended = new AbortController();
  const check = () => {
    if (document.hidden || signal.aborted) {
      ended.abort();
    }
  };
  check();
  return { signal: ended.signal, release: onChange(signal, check) };
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
    let release = () => {};
    const finish = () => {
      release();
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    const stopListening = onChange(signal, () => {
      if (!document.hidden || signal.aborted) {
        finish();
      }
    });
    release = () => {
      clearTimeout(timer);
      stopListening();
    };
    if (signal.aborted) {
      finish();
    }
  });
}
