import type { Step } from '@golden-path/plugin-delivery-common';

/** A step with its place, in units of columns and rows. */
export type PlacedStep = {
  step: Step;
  column: number;
  /** From the top; columns with fewer steps stand in the middle, so it may be fractional. */
  row: number;
};

/** An edge from a step to one that waits for it. */
export type PlacedEdge = { id: string; from: PlacedStep; to: PlacedStep };

/** A run as it is drawn. */
export type StepLayout = {
  /** Column by column, each from the top. */
  nodes: PlacedStep[];
  edges: PlacedEdge[];
  columns: number;
  rows: number;
};

/**
 * Places the steps of a run in columns from left to right: each stands right of
 * everything that it waits for, as far left as that allows (longest path). Within a
 * column steps stand near what they wait for, which keeps edges from crossing.
 *
 * @param steps - in the order of execution; edges to steps that are not among them are
 * ignored, and so is the edge that closes a circle, which cannot be drawn
 */
export function layoutSteps(steps: readonly Step[]): StepLayout {
  const order = inOrder(steps);
  const placed = new Map<string, PlacedStep>();
  const before = (step: Step) =>
    step.dependsOn.flatMap(id => placed.get(id) ?? []);
  const columns: PlacedStep[][] = [];
  for (const step of order) {
    const column = Math.max(0, ...before(step).map(it => it.column + 1));
    const node = { step, column, row: 0 };
    placed.set(step.id, node);
    (columns[column] ??= []).push(node);
  }
  const rows = Math.max(0, ...columns.map(column => column.length));
  for (const column of columns) {
    const pull = new Map(
      column.map((node, i) => [node, meanRow(before(node.step)) ?? i]),
    );
    column.sort((a, b) => pull.get(a)! - pull.get(b)!);
    const top = (rows - column.length) / 2;
    column.forEach((node, i) => {
      node.row = top + i;
    });
  }
  const nodes = columns.flat();
  const edges = nodes.flatMap(to =>
    before(to.step)
      .filter(from => from.column < to.column)
      .map(from => ({ id: `${from.step.id} ${to.step.id}`, from, to })),
  );
  return { nodes, edges, columns: columns.length, rows };
}

function meanRow(nodes: PlacedStep[]): number | undefined {
  return nodes.length === 0
    ? undefined
    : nodes.reduce((sum, { row }) => sum + row, 0) / nodes.length;
}

/** Each step after all that it waits for (Kahn); circles are cut where they come first. */
function inOrder(steps: readonly Step[]): Step[] {
  const known = new Map(steps.map(step => [step.id, step]));
  const missing = new Map<string, number>();
  const followers = new Map<string, Step[]>();
  for (const step of steps) {
    const awaited = new Set(step.dependsOn.filter(id => known.has(id)));
    missing.set(step.id, awaited.size);
    for (const id of awaited) {
      const others = followers.get(id) ?? [];
      others.push(step);
      followers.set(id, others);
    }
  }
  const order: Step[] = [];
  const taken = new Set<string>();
  const take = (first: Step) => {
    const ready = [first];
    for (const step of ready) {
      if (taken.has(step.id)) {
        continue;
      }
      taken.add(step.id);
      order.push(step);
      for (const follower of followers.get(step.id) ?? []) {
        const left = missing.get(follower.id)! - 1;
        missing.set(follower.id, left);
        if (left === 0) {
          ready.push(follower);
        }
      }
    }
  };
  steps.filter(step => missing.get(step.id) === 0).forEach(take);
  // What is left waits for a circle.
  steps.forEach(take);
  return order;
}
