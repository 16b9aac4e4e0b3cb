import type { NumberedLine } from '../../follow/StepLogFeed';

/**
 * The lines that contain a text, in upper or lower case.
 *
 * @param lines - of a log
 * @param search - what to look for; nothing matches all
 */
export function matchLines(
  lines: readonly NumberedLine[],
  search: string,
): readonly NumberedLine[] {
  const wanted = search.trim().toLocaleLowerCase();
  return wanted
    ? lines.filter(({ text }) => text.toLocaleLowerCase().includes(wanted))
    : lines;
}

/**
 * Cuts lines into pieces of the same size that stay the same as lines are added, so
 * that only the last one is drawn again.
 */
export function piecesOf(
  lines: readonly NumberedLine[],
  size: number,
): Map<number, NumberedLine[]> {
  const pieces = new Map<number, NumberedLine[]>();
  for (const line of lines) {
    const key = Math.floor((line.number - 1) / size);
    const piece = pieces.get(key);
    if (piece) {
      piece.push(line);
    } else {
      pieces.set(key, [line]);
    }
  }
  return pieces;
}
