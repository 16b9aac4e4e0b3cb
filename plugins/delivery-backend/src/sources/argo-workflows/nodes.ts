import { z } from 'zod';
import { flag, isObject, listOf, moment, text } from '../lenient';

/**
 * A node of `status.nodes`, as far as it is read. No field of it is an input or an
 * output: those repeat parameters.
 *
 * @see https://github.com/argoproj/argo-workflows/blob/main/pkg/apis/workflow/v1alpha1/workflow_types.go
 */
export const nodeSchema = z.object({
  id: z.string(),
  displayName: text,
  type: text,
  templateName: text,
  phase: text,
  boundaryID: text,
  children: listOf(z.string()),
  startedAt: moment,
  finishedAt: moment,
  message: text,
  /** Made by a hook or an exit handler. */
  hooked: flag,
  /** An attempt at the step that it is a child of; set since Argo Workflows 3.5. */
  retried: flag,
  daemoned: flag,
});

/** {@inheritDoc nodeSchema} */
export type WorkflowNode = z.infer<typeof nodeSchema>;

/**
 * What is kept of a node but its message. A step with items has a node for each, called
 * `name(0:item)`: the item is a parameter, so it goes.
 */
export function nodeShell(
  node: Record<string, unknown>,
): Record<string, unknown> {
  const nodeFlag = isObject(node.nodeFlag) ? node.nodeFlag : {};
  const templateRef = isObject(node.templateRef) ? node.templateRef : {};
  return {
    id: node.id,
    displayName:
      typeof node.displayName === 'string'
        ? node.displayName.replace(/\((\d+):.*?\)((?:\(\d+\))?)$/s, '($1)$2')
        : undefined,
    type: node.type,
    // Of another WorkflowTemplate, where it is the node's; its pod is called after it.
    templateName: templateRef.template ?? node.templateName,
    phase: node.phase,
    boundaryID: node.boundaryID,
    children: node.children,
    startedAt: node.startedAt,
    finishedAt: node.finishedAt,
    hooked: nodeFlag.hooked,
    retried: nodeFlag.retried,
    daemoned: node.daemoned,
  };
}

/** Nodes that only group others. */
const GROUP_TYPES = ['DAG', 'Steps', 'StepGroup', 'TaskGroup'];

/** The nodes of one Workflow and how they hang together. */
export class NodeGraph {
  readonly #byId: Map<string, WorkflowNode>;
  /** Attempts by the node that they are attempts of. */
  readonly #attempts = new Map<string, WorkflowNode[]>();
  readonly #attemptOf = new Map<string, string>();
  readonly #parents = new Map<string, Set<string>>();

  constructor(readonly nodes: readonly WorkflowNode[]) {
    this.#byId = new Map(nodes.map(node => [node.id, node]));
    for (const node of nodes) {
      if (node.type === 'Retry') {
        const attempts = node.children
          .flatMap(id => this.#byId.get(id) ?? [])
          .filter(child => isAttempt(child, node));
        this.#attempts.set(node.id, attempts);
        attempts.forEach(({ id }) => this.#attemptOf.set(id, node.id));
      }
    }
    this.#joinParents();
  }

  /** Attempts at a step that is retried, the first one first. */
  attemptsOf({ id }: WorkflowNode): readonly WorkflowNode[] {
    return this.#attempts.get(id) ?? [];
  }

  /**
   * Whether a node does something by itself, rather than to group others or to be one
   * attempt at what another node stands for.
   */
  isStep(node: WorkflowNode): boolean {
    return !this.#isGroup(node) && !this.#attemptOf.has(node.id);
  }

  /** Ids of the steps that come directly before a node; groups are looked through. */
  before(node: WorkflowNode): string[] {
    const seen = new Set([node.id]);
    const found = new Set<string>();
    const waiting = [node.id];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const parent of this.#parents.get(id) ?? []) {
        const candidate = this.#byId.get(parent);
        if (candidate && !seen.has(parent)) {
          seen.add(parent);
          if (this.isStep(candidate)) {
            found.add(parent);
          } else {
            waiting.push(parent);
          }
        }
      }
    }
    return [...found].sort();
  }

  /** Whether a hook made the node, or a group that the node is in. */
  isHook(node: WorkflowNode): boolean {
    const seen = new Set<string>();
    for (
      let each: WorkflowNode | undefined = node;
      each && !seen.has(each.id);
      each = this.#byId.get(each.boundaryID ?? '')
    ) {
      if (each.hooked) {
        return true;
      }
      seen.add(each.id);
    }
    return false;
  }

  /** A whole group may be retried; then its steps count, not the group. */
  #isGroup(node: WorkflowNode): boolean {
    const attempts = this.attemptsOf(node);
    return (
      GROUP_TYPES.includes(node.type ?? '') ||
      (attempts.length > 0 && attempts.every(each => this.#isGroup(each)))
    );
  }

  /** What follows an attempt follows the step that is retried. */
  #joinParents(): void {
    for (const node of this.nodes) {
      const retried = this.#attemptOf.get(node.id);
      const step = retried && this.#byId.get(retried);
      const parent = step && this.isStep(step) ? retried : node.id;
      for (const child of node.children) {
        if (this.#attemptOf.get(child) !== parent) {
          this.#parents.set(
            child,
            (this.#parents.get(child) ?? new Set()).add(parent),
          );
        }
      }
    }
  }
}

/** Hooks of a retried step are its children too; older controllers set no flag. */
function isAttempt(child: WorkflowNode, step: WorkflowNode): boolean {
  return (
    child.retried ??
    (!child.hooked &&
      /^\(\d+\)$/.test(
        (child.displayName ?? '').slice((step.displayName ?? '').length),
      ))
  );
}
