const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function tick() {
  now = Date.now();
  listeners.forEach(listener => listener());
}

function adjust() {
  clearInterval(timer);
  timer = undefined;
  if (listeners.size > 0 && !document.hidden) {
    timer = setInterval(tick, 1_000);
  }
}

function onVisibilityChange() {
  adjust();
  if (!document.hidden) {
    tick();
  }
}

/**
 * One clock for all ages on the page: ticks once a second while the page is seen, and
 * not at all while it is hidden or shows no age.
 */
export function subscribeToClock(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    document.addEventListener('visibilitychange', onVisibilityChange);
  }
  listeners.add(listener);
  if (timer === undefined) {
    adjust();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      document.removeEventListener('visibilitychange', onVisibilityChange);
      adjust();
    }
  };
}

/** Milliseconds since 1970 at the last tick. */
export function clockTime(): number {
  return listeners.size === 0 ? Date.now() : now;
}
