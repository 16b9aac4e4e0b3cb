import { elementOf } from '../focus';

/**
 * Brings the row of a run into view.
 *
 * @param block - where in the view
 * @returns its row, where there is one
 */
export function scrollToRun(
  name: string,
  { block, behavior }: ScrollIntoViewOptions,
): Element | undefined {
  const row = elementOf('run', name);
  row?.scrollIntoView({
    block,
    behavior: window.matchMedia?.('(prefers-reduced-motion: reduce)').matches
      ? 'auto'
      : behavior,
  });
  return row;
}
