import type { Attempt, Step } from '@golden-path/plugin-delivery-common';
import { NodeGraph, type WorkflowNode } from './nodes';
import type { PlannedStep } from './plan';
import { statusOfPhase } from './status';

/**
 * Steps of a run in the order of execution: everything that does something by itself.
 * Groups are resolved: a step that follows a group depends on the group's last steps.
 * Attempts of a retried step are one step.
 *
 * @param nodes - what has been begun
 * @param plan - what the run is going to do; what has no node yet comes as pending
 */
export function stepsOf(
  nodes: readonly WorkflowNode[],
  plan: readonly PlannedStep[] = [],
): Step[] {
  const graph = new NodeGraph(nodes);
  const steps = nodes
    .filter(node => graph.isStep(node))
    .map(node => toStep(node, graph));
  return inOrder([...steps, ...toCome(steps, nodes, plan)]);
}

function toStep(node: WorkflowNode, graph: NodeGraph): Step {
  const attempts = graph.attemptsOf(node).map(toAttempt);
  return {
    id: node.id,
    name: node.displayName ?? node.id,
    template: node.templateName || undefined,
    type: node.type ?? 'Unknown',
    phase: phaseOf(node),
    status: statusOf(node),
    // That there is no retry left says less than why the last one failed.
    message: attempts.at(-1)?.message ?? (node.message || undefined),
    startedAt: node.startedAt,
    finishedAt: node.finishedAt,
    dependsOn: graph.before(node),
    attempts: attempts.length > 0 ? attempts : undefined,
    hook: graph.isHook(node) || undefined,
    daemon: node.daemoned || undefined,
  };
}

function toAttempt(node: WorkflowNode): Attempt {
  return {
    id: node.id,
    phase: phaseOf(node),
    status: statusOf(node),
    message: node.message || undefined,
    startedAt: node.startedAt,
    finishedAt: node.finishedAt,
  };
}

/** Steps of the plan that have no node yet. */
function toCome(
  steps: readonly Step[],
  nodes: readonly WorkflowNode[],
  plan: readonly PlannedStep[],
): Step[] {
  const ids = new Map(steps.map(({ name, id }) => [name, id]));
  // A step with items has a node for each, called `name(0)`.
  const begun = new Set(
    nodes.flatMap(({ displayName = '' }) => [
      displayName,
      displayName.replace(/(\(\d+\))+$/, ''),
    ]),
  );
  const missing = plan.filter(({ name }) => !begun.has(name));
  missing.forEach(({ name }) => ids.set(name, `planned/${name}`));
  return missing.map(({ name, template, dependsOn }) => ({
    id: `planned/${name}`,
    name,
    template,
    type: 'Planned',
    phase: 'Pending',
    status: 'waiting',
    dependsOn: dependsOn.flatMap(each => ids.get(each) ?? []).sort(),
  }));
}

function statusOf(node: WorkflowNode): Step['status'] {
  const phase = phaseOf(node);
  return node.type === 'Suspend' && phase === 'Running'
    ? 'suspended'
    : statusOfPhase(phase);
}

function phaseOf(node: WorkflowNode): string {
  return node.phase || 'Pending';
}

/** What depends on something comes after it; else earlier starts come first. */
function inOrder(steps: Step[]): Step[] {
  const ids = new Set(steps.map(step => step.id));
  const waiting = [...steps].sort(
    (a, b) =>
      (a.startedAt ?? '9').localeCompare(b.startedAt ?? '9') ||
      a.name.localeCompare(b.name) ||
      a.id.localeCompare(b.id),
  );
  const ordered: Step[] = [];
  const placed = new Set<string>();
  while (waiting.length > 0) {
    const next = waiting.findIndex(step =>
      step.dependsOn.every(id => placed.has(id) || !ids.has(id)),
    );
    // A circle cannot be written by Argo; if one comes, the times decide.
    const [step] = waiting.splice(Math.max(next, 0), 1);
    placed.add(step.id);
    ordered.push(step);
  }
  return ordered;
}
