import type { Step } from '@golden-path/plugin-delivery-common';
import type { PlannedStep } from './plan';
import { statusOfPhase } from './status';

/** A node of `status.nodes`, as far as it is read. */
export interface WorkflowNode {
  id: string;
  displayName?: string;
  type?: string;
  templateName?: string;
  phase?: string;
  children: string[];
  startedAt?: string;
  finishedAt?: string;
  message?: string;
}

/** Nodes that only group others. */
const GROUP_TYPES = ['DAG', 'Steps', 'StepGroup', 'TaskGroup'];

/**
 * Leaf steps of a run in the order of execution. Groups are resolved: a step that
 * follows a group depends on the group's last steps. Attempts of a retried step are
 * one step.
 *
 * @param nodes - what has been begun
 * @param plan - what the run is going to do; what has no node yet comes as pending
 */
export function stepsOf(
  nodes: readonly WorkflowNode[],
  plan: readonly PlannedStep[] = [],
): Step[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const attempts = attemptsOf(nodes);
  const parents = parentsOf(nodes, attempts);

  const isStep = (id: string) => {
    const node = byId.get(id);
    return node && !attempts.has(id) && !GROUP_TYPES.includes(node.type ?? '');
  };
  const stepsBefore = (id: string, seen: Set<string>): string[] =>
    [...(parents.get(id) ?? [])].flatMap(parent => {
      if (seen.has(parent)) {
        return [];
      }
      seen.add(parent);
      return isStep(parent) ? [parent] : stepsBefore(parent, seen);
    });

  const steps = nodes
    .filter(node => isStep(node.id))
    .map(node => toStep(node, stepsBefore(node.id, new Set([node.id]))));
  return inOrder([...steps, ...toCome(steps, plan)]);
}

function toStep(node: WorkflowNode, dependsOn: string[]): Step {
  const phase = phaseOf(node);
  return {
    id: node.id,
    name: node.displayName ?? node.id,
    template: node.templateName || undefined,
    type: node.type ?? 'Unknown',
    phase,
    status:
      node.type === 'Suspend' && phase === 'Running'
        ? 'suspended'
        : statusOfPhase(phase),
    message: node.message || undefined,
    startedAt: node.startedAt,
    finishedAt: node.finishedAt,
    dependsOn: dependsOn.sort(),
  };
}

/** Steps of the plan that have no node yet. */
function toCome(steps: Step[], plan: readonly PlannedStep[]): Step[] {
  const ids = new Map(steps.map(({ name, id }) => [name, id]));
  const missing = plan.filter(({ name }) => !ids.has(name));
  missing.forEach(({ name }) => ids.set(name, `planned/${name}`));
  return missing.map(({ name, template, dependsOn }) => ({
    id: `planned/${name}`,
    name,
    template,
    type: 'Planned',
    phase: 'Pending',
    status: 'waiting',
    dependsOn: dependsOn.map(each => ids.get(each) ?? each).sort(),
  }));
}

function phaseOf(node: WorkflowNode): string {
  return node.phase || 'Pending';
}

/** Attempts by the retried node that they belong to; hooks are children too but no attempts. */
function attemptsOf(nodes: readonly WorkflowNode[]): Map<string, string> {
  const attempts = new Map<string, string>();
  for (const node of nodes) {
    if (node.type === 'Retry') {
      node.children.forEach(child => attempts.set(child, node.id));
    }
  }
  return attempts;
}

/** Parents of each node, where an attempt stands for its retried node. */
function parentsOf(
  nodes: readonly WorkflowNode[],
  attempts: Map<string, string>,
): Map<string, Set<string>> {
  const parents = new Map<string, Set<string>>();
  for (const node of nodes) {
    const parent = attempts.get(node.id) ?? node.id;
    for (const child of node.children) {
      if (attempts.get(child) !== parent) {
        parents.set(child, (parents.get(child) ?? new Set()).add(parent));
      }
    }
  }
  return parents;
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
