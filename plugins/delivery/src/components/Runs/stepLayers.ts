import type { Step } from '@golden-path/plugin-delivery-common';

/**
 * Puts the steps of a run into columns: each stands right of everything that it
 * waits for, so steps of one column can run at the same time.
 *
 * @param steps - in the order of execution; edges to steps that are not among them
 * are ignored
 */
export function stepLayers(steps: Step[]): Step[][] {
  const known = new Map(steps.map(step => [step.id, step]));
  const depths = new Map<string, number>();
  const depthOf = (step: Step, above: ReadonlySet<string>): number => {
    const found = depths.get(step.id);
    if (found !== undefined) {
      return found;
    }
    const within = new Set(above).add(step.id);
    const before = step.dependsOn.flatMap(id => {
      const previous = known.get(id);
      // A circle cannot be drawn from left to right; cut it where it closes.
      return previous && !within.has(id) ? [depthOf(previous, within)] : [];
    });
    const depth = before.length === 0 ? 0 : Math.max(...before) + 1;
    depths.set(step.id, depth);
    return depth;
  };
  const layers: Step[][] = [];
  for (const step of steps) {
    const depth = depthOf(step, new Set());
    layers[depth] = [...(layers[depth] ?? []), step];
  }
  return layers.filter(Boolean);
}
