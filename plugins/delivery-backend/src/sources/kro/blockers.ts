import type { ConditionFacts } from '../../delivery/facts';

/** What kro says of one resource that holds the others up. */
export interface Blocker {
  /** Absent where kro names none. */
  id?: string;
  says: string;
}

/** What kro puts before the words about the resources. */
const PREFIXES =
  /^(?:awaiting resource readiness|resource reconciliation failed|resource error|apply results contain errors|at least one resource reports an error|failed to reconcile the apply set): /;

/**
 * How kro names a resource in its messages, the one that is really waited for first: a
 * message about one that cannot be resolved goes on with the one that it refers to.
 *
 * @see https://github.com/kubernetes-sigs/kro/blob/main/pkg/runtime/node_readiness.go
 */
const NAMES = [
  // 0.9: node "b": dependent node "a" not ready: …
  /dependent node "([^"]+)" not ready(?!.*dependent node)/,
  // 0.8 and later.
  /waiting for (?:node|external reference|external collection) "([^"]+)"/,
  // 0.9: resource "x" for node "a" is currently being deleted
  /\bnode "([^"]+)"/,
  // Up to 0.7: unresolved resource: a; waiting for resource resolution: a. 0.8: … "a".
  /unresolved resource:? "?([A-Za-z]\w*)"?/,
  /waiting for resource resolution: ([A-Za-z]\w*)/,
];

/**
 * The resources that kro waits for or cannot make, as the messages of its conditions
 * name them; in a fixed order, which differs from one reconciliation to the next.
 */
export function blockersOf(conditions: readonly ConditionFacts[]): Blocker[] {
  const lines = conditions
    .filter(({ status }) => status !== 'True')
    .flatMap(({ message = '' }) => withoutPrefix(message).split('\n'))
    .filter(Boolean);
  return [...new Set(lines)].sort().map(says => ({
    id: NAMES.map(pattern => pattern.exec(says)?.[1]).find(Boolean),
    says,
  }));
}

function withoutPrefix(message: string): string {
  const rest = message.replace(PREFIXES, '');
  return rest === message ? message : withoutPrefix(rest);
}
