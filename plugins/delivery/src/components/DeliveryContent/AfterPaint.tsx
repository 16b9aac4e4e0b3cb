import { startTransition, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/**
 * What may come a moment later: rendered once a frame with the rest of the page is on the
 * screen, and so that it gives way to whatever the user does meanwhile.
 */
export function AfterPaint(props: {
  /** Stands in its place until then. */
  fallback: ReactNode;
  children: ReactNode;
}) {
  const { fallback, children } = props;
  const [isPainted, setIsPainted] = useState(() => document.hidden);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => startTransition(() => setIsPainted(true));
    // Runs just before the frame is drawn; the timer, after it.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(show);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted ? children : fallback;
}
