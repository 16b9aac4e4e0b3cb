/** What the Tab key comes to. */
const CONTROLS = 'button, a[href], summary, input, [tabindex="0"]';

/** How somebody has pressed something, as React Aria tells it. */
export type Press = { pointerType: string };

/**
 * Moves the focus on from a control that is about to go away: with it the focus would
 * fall back to the beginning of the page.
 *
 * @param press - whoever has pressed with a pointer looks at where it is, which stays there
 * @param places - the best one first; of one that takes no focus, the first control in it
 */
export function focusFirst(
  { pointerType }: Press,
  places: Iterable<Element | null | undefined>,
): void {
  const preventScroll = pointerType === 'mouse' || pointerType === 'touch';
  const takesFocus = (element: Element) => {
    (element as HTMLElement | SVGElement).focus({ preventScroll });
    return document.activeElement === element;
  };
  for (const place of places) {
    if (
      place?.isConnected &&
      [place, ...place.querySelectorAll(CONTROLS)].some(takesFocus)
    ) {
      return;
    }
  }
}

/** What has the focus and all that it stands in, the nearest first, to come back there. */
export function wayToFocus(): Element[] {
  const way: Element[] = [];
  let at = document.activeElement;
  while (at && at !== document.body) {
    way.push(at);
    at = at.parentElement;
  }
  return way;
}

/** What opens a step or a recorded run, or the row of a run; each says so of itself. */
export function elementOf(
  kind: 'step' | 'recorded' | 'run',
  id: string,
): Element | undefined {
  const selector = `[data-${kind}="${CSS.escape(id)}"]`;
  return document.querySelector(selector) ?? undefined;
}
