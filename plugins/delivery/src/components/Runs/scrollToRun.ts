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
  const row = document.querySelector(`[data-run="${CSS.escape(name)}"]`);
  row?.scrollIntoView({
    block,
    behavior: window.matchMedia?.('(prefers-reduced-motion: reduce)').matches
      ? 'auto'
      : behavior,
  });
  return row ?? undefined;
}
