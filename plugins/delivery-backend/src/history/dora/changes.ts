import { healthyAt, type HealthAt } from '../healthyAt';
import type { Sync } from '../rows';

/** What a sync brings. */
interface Content {
  /** Commit of the image. */
  commit?: string;
  /** Commit of the manifests. */
  revision?: string;
}

/** Something new that was brought to production, or tried to be. Moments in ms. */
export interface Change extends Content {
  startedAt: number;
  /** End of the first sync that failed. */
  failedAt?: number;
  /** End of the sync that succeeded; absent where none did. */
  deployedAt?: number;
  /** When production was healthy with it first. */
  healthyAt?: number;
  /** Whether it brings back what production had before the change before it. */
  rollback: boolean;
}

const ms = (timestamp?: string) =>
  timestamp === undefined ? undefined : Date.parse(timestamp);

/**
 * What came to one production environment, oldest first. Syncs that bring nothing new are
 * no changes, and all attempts at one content are one.
 *
 * @param deployments - of one Application, in any order
 * @param health - of the same Application, from `inOrder`
 */
export function changesOf(
  deployments: readonly Sync[],
  health: readonly HealthAt[],
): Change[] {
  const changes: Change[] = [];
  for (const deployment of inTime(deployments)) {
    take(changes, deployment);
  }
  return changes.map((change, index) => {
    const next = changes.slice(index + 1).find(isDeployed);
    return {
      ...change,
      healthyAt:
        change.deployedAt === undefined
          ? undefined
          : healthyAt(change.deployedAt, health, next?.startedAt),
    };
  });
}

/** Adds one sync to the changes before it. */
function take(changes: Change[], deployment: Sync): void {
  const { commit, revision, outcome } = deployment;
  const content = { commit, revision };
  const ended = Date.parse(deployment.finishedAt);
  const last = changes.at(-1);
  const isAgain = last && !isDeployed(last) && isSame(last, content);
  const held = changes.filter(isDeployed);
  if (outcome === 'failed') {
    if (!isAgain) {
      changes.push({
        ...content,
        startedAt: ms(deployment.startedAt) ?? ended,
        failedAt: ended,
        rollback: false,
      });
    }
    return;
  }
  if (!isAgain && held.length > 0 && isSame(held.at(-1)!, content)) {
    return;
  }
  const first = isAgain
    ? changes.pop()
    : { startedAt: ms(deployment.startedAt) ?? ended };
  changes.push({
    ...first!,
    ...content,
    deployedAt: ended,
    rollback: isRollback(content, held),
  });
}

function isDeployed({ deployedAt }: Change): boolean {
  return deployedAt !== undefined;
}

/** Equal in whatever is known of both, and something is. */
function isSame(a: Content, b: Content): boolean {
  const commits = compare(a.commit, b.commit);
  const revisions = compare(a.revision, b.revision);
  return commits !== false && revisions !== false && (commits || revisions)!;
}

function compare(a?: string, b?: string): boolean | undefined {
  return a === undefined || b === undefined ? undefined : a === b;
}

/** By commit where both are known, since undoing in Git makes a new revision. */
function isRollback(content: Content, held: readonly Change[]): boolean {
  const brings = (other: Content) =>
    compare(content.commit, other.commit) ??
    compare(content.revision, other.revision) ??
    false;
  const current = held.at(-1);
  return (
    current !== undefined && !brings(current) && held.slice(0, -1).some(brings)
  );
}

function inTime(deployments: readonly Sync[]): Sync[] {
  return [...deployments].sort(
    (a, b) =>
      Date.parse(a.finishedAt) - Date.parse(b.finishedAt) ||
      a.id.localeCompare(b.id, 'en', { numeric: true }),
  );
}
