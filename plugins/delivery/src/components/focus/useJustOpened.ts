import { useCallback, useEffect, useRef } from 'react';

/**
 * Tells what has just been opened, and so takes the focus, from what a live update only
 * shows in another way, which takes it from nobody. To be asked by what is inside, as it comes.
 *
 * @param open - ids of what is open
 * @param options - `shown`: those that the page has had time to show, all without it;
 * `before`: those that were open before the component came. Without it, what is open when
 * it comes was named by the address, and takes the focus from nobody who is busy already.
 */
export function useJustOpened(
  open: readonly string[],
  options: { shown?: readonly string[]; before?: readonly string[] } = {},
): (id: string) => boolean {
  const { shown = open, before } = options;
  const known = useRef(before ?? []);
  const named = useRef(before ? [] : open);

  // Effects of what is inside run earlier, and still see what was known before.
  useEffect(() => {
    known.current = open.filter(
      id => shown.includes(id) || known.current.includes(id),
    );
    named.current = named.current.filter(id => open.includes(id));
  });

  return useCallback(
    id =>
      !known.current.includes(id) &&
      (!named.current.includes(id) || isFocusFree()),
    [],
  );
}

function isFocusFree(): boolean {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body;
}
