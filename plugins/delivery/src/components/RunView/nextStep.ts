import type { PlacedStep } from './layoutSteps';

/** Keys that go from step to step. */
export type Direction =
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'Home'
  | 'End';

const DIRECTIONS: Record<Direction, [column: number, row: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [0, 0],
  End: [0, 0],
};

export function isDirection(key: string): key is Direction {
  return key in DIRECTIONS;
}

/**
 * The step that an arrow key leads to: the nearest one of the next column, or the next
 * one of the same column.
 *
 * @returns undefined at the edge of the graph
 */
export function nextStep(
  nodes: readonly PlacedStep[],
  from: PlacedStep,
  key: Direction,
): PlacedStep | undefined {
  if (key === 'Home' || key === 'End') {
    return nodes.at(key === 'Home' ? 0 : -1);
  }
  const [columns, rows] = DIRECTIONS[key];
  const candidates = nodes.filter(
    ({ column, row }) =>
      column === from.column + columns &&
      (rows === 0 || Math.sign(row - from.row) === rows),
  );
  return candidates.sort(
    (a, b) => Math.abs(a.row - from.row) - Math.abs(b.row - from.row),
  )[0];
}
