import type { Press } from './focusFirst';

/**
 * Moves the focus on from a control that is about to go away to the part of the page that
 * it stands in, where what comes in its place has no control of its own yet.
 */
export function focusAround({
  target,
  pointerType,
}: Press & { target: Element }): void {
  const part = target.closest<HTMLElement>('[role=group], [role=region]');
  if (part && !part.hasAttribute('tabindex')) {
    part.tabIndex = -1;
    // Otherwise each click into it would give it the focus, too.
    const release = () => part.removeAttribute('tabindex');
    part.addEventListener('blur', release, { once: true });
  }
  part?.focus({ preventScroll: pointerType !== 'keyboard' });
}
