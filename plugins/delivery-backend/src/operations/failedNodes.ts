import type { WorkflowNode } from './workflowObject';

/** Nodes that do something themselves; the others hold such together. */
const EXECUTION = ['Pod', 'Container', 'HTTP', 'Plugin'];

const isFailed = ({ phase }: WorkflowNode) =>
  phase === 'Failed' || phase === 'Error';

/** What becomes of the nodes of a Workflow when its failed steps are tried again. */
export interface Reopened {
  /** Forgotten, so that the controller makes them anew. */
  removed: WorkflowNode[];
  /** Groups and retries that go on, with the children that they keep. */
  reopened: Array<{ node: WorkflowNode; children: string[] }>;
}

/**
 * Decides what must run again: each failed step, everything after it, and the exit
 * handlers. What succeeded is kept.
 *
 * @param nodes - `status.nodes`
 * @param workflow - name of the Workflow
 * @see https://argo-workflows.readthedocs.io/en/latest/cli/argo_retry/
 */
export function reopen(
  nodes: Readonly<Record<string, WorkflowNode>>,
  workflow: string,
): Reopened {
  const all = Object.values(nodes);
  const parents = new Map<string, WorkflowNode[]>();
  for (const node of all) {
    for (const child of node.children ?? []) {
      parents.set(child, [...(parents.get(child) ?? []), node]);
    }
  }
  // A failed attempt of a step that came through in the end is history.
  const matters = (node: WorkflowNode) =>
    !parents.get(node.id)?.some(it => it.type === 'Retry' && !isFailed(it));
  const begin = all.filter(
    node =>
      (EXECUTION.includes(node.type) && isFailed(node) && matters(node)) ||
      node.name.startsWith(`${workflow}.onExit`),
  );
  const removed = closure(begin, node =>
    (node.children ?? []).flatMap(id => nodes[id] ?? []),
  );
  // The steps of a pod of several containers are the pod's.
  for (const { type, boundaryID } of [...removed]) {
    const pod = boundaryID === undefined ? undefined : nodes[boundaryID];
    if (type === 'Container' && pod) {
      removed.add(pod);
    }
  }
  return {
    removed: [...removed],
    reopened: all
      .filter(
        node =>
          !removed.has(node) &&
          !EXECUTION.includes(node.type) &&
          isFailed(node),
      )
      .map(node => ({
        node,
        children: (node.children ?? []).filter(
          id => nodes[id] === undefined || !removed.has(nodes[id]),
        ),
      })),
  };
}

function closure<T>(begin: readonly T[], next: (item: T) => T[]): Set<T> {
  const found = new Set(begin);
  for (const item of found) {
    next(item).forEach(each => found.add(each));
  }
  return found;
}
