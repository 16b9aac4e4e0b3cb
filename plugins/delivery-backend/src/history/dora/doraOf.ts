import type { Dora, DoraFigures } from '@golden-path/plugin-delivery-common';
import { inOrder } from '../healthyAt';
import { median } from '../median';
import type { HealthChange, Sync } from '../rows';
import { changesOf, type Change } from './changes';
import { failuresOf, type Failure } from './failures';

/** What the figures of one pipeline are made of; see docs/dora.md. */
export interface ProductionHistory {
  /** Of its production environment, in any order. */
  deployments: readonly Sync[];
  /** Of its production environment, in any order. */
  healthChanges: readonly HealthChange[];
  /** Commits that were pushed, with when; of several times the first counts. */
  pushes: ReadonlyArray<{ commit: string; at: string }>;
  /** When its history begins; absent where there is none. */
  since?: string;
}

export interface DoraOptions {
  now: Date;
  windowMs: number;
  /** How long after a change a failure is the change's. */
  failureWindowMs: number;
  /** Equal parts of the window whose figures are told too. */
  parts?: number;
}

const DAY_MS = 86_400_000;

/** The window of the figures where no other is asked for. */
export const DORA_WINDOW_MS = 30 * DAY_MS;
/** How long a failure is the fault of the change before it. */
export const FAILURE_WINDOW_MS = DAY_MS;

/**
 * The four DORA figures of one or, taken together, of several pipelines.
 *
 * @param pipelines - from {@link readPipeline}, with the same options
 * @remarks
 * - Deployment frequency: changes deployed to production (no rollbacks) per observed day.
 * - Lead time for changes: median of (production healthy with the commit − its push).
 * - Change failure rate: changes that failed / all changes (no rollbacks).
 * - Time to restore: median of (production healthy again − start of the failure).
 *
 * Each change belongs to the part of the window in which it was deployed (or failed); a
 * failure to the part of its change, whenever it was over.
 */
export function doraOf(
  pipelines: readonly ReadPipeline[],
  { now, windowMs, parts }: DoraOptions,
): Dora {
  const to = now.getTime();
  const from = to - windowMs;
  const figures = figuresOf(pipelines, { from, to, end: to });
  if (parts === undefined) {
    return figures;
  }
  const edges = Array.from(
    { length: parts + 1 },
    (_, index) => from + Math.round((windowMs * index) / parts),
  );
  return {
    ...figures,
    trend: edges
      .slice(0, -1)
      .map((start, index) =>
        figuresOf(pipelines, { from: start, to: edges[index + 1], end: to }),
      ),
  };
}

/**
 * @param span - from its first moment until just before `to`; what happens at `end` is in
 * the span that ends there
 */
function figuresOf(
  read: readonly ReadPipeline[],
  { from, to, end }: { from: number; to: number; end: number },
): DoraFigures {
  const isWithin = (change: Change) => {
    const at = change.deployedAt ?? change.failedAt ?? change.startedAt;
    return at >= from && (at < to || (at === to && to === end));
  };
  const changes = read
    .flatMap(each => each.changes)
    .filter(change => isWithin(change) && !change.rollback);
  const failures = read
    .flatMap(each => each.failures)
    .filter(({ change }) => isWithin(change) && !change.rollback);
  const deployments = changes.filter(
    ({ deployedAt }) => deployedAt !== undefined,
  ).length;
  const leadTimes = read
    .flatMap(each => each.leadTimes)
    .filter(({ change }) => isWithin(change))
    .map(({ seconds }) => seconds);
  const restored = failures.flatMap(({ from: start, restoredAt }) =>
    restoredAt === undefined ? [] : (restoredAt - start) / 1000,
  );
  const observedDays = daysOf(read, from, to);
  return {
    window: {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      observedDays,
    },
    deploymentFrequency:
      deployments > 0
        ? { perDay: deployments / Math.max(observedDays, 1), deployments }
        : undefined,
    leadTimeForChanges: middle(leadTimes),
    changeFailureRate:
      changes.length > 0
        ? {
            ratio: failures.length / changes.length,
            failed: failures.length,
            changes: changes.length,
          }
        : undefined,
    timeToRestore: middle(restored),
    unrestored: failures.length - restored.length,
  };
}

/** What came to production from one pipeline, and what that did. */
export interface ReadPipeline {
  since?: string;
  changes: Change[];
  failures: Failure[];
  leadTimes: Array<{ change: Change; seconds: number }>;
}

/** Makes of the history of one pipeline what the figures count. */
export function readPipeline(
  { deployments, healthChanges, pushes, since }: ProductionHistory,
  { failureWindowMs }: Pick<DoraOptions, 'failureWindowMs'>,
): ReadPipeline {
  const uids = [
    ...new Set(deployments.map(({ applicationUid }) => applicationUid)),
  ];
  const applications = uids.map(uid => {
    const health = inOrder(
      healthChanges.filter(({ applicationUid }) => applicationUid === uid),
    );
    const changes = changesOf(
      deployments.filter(({ applicationUid }) => applicationUid === uid),
      health,
    );
    return { changes, failures: failuresOf(changes, health, failureWindowMs) };
  });
  const changes = applications.flatMap(each => each.changes);
  return {
    since,
    changes,
    failures: applications.flatMap(each => each.failures),
    leadTimes: leadTimesOf(changes, pushes),
  };
}

/** Of each commit the first time that production was healthy with it. */
function leadTimesOf(
  changes: readonly Change[],
  pushes: ProductionHistory['pushes'],
): ReadPipeline['leadTimes'] {
  const pushedAt = new Map<string, number>();
  for (const { commit, at } of pushes) {
    pushedAt.set(
      commit,
      Math.min(pushedAt.get(commit) ?? Infinity, Date.parse(at)),
    );
  }
  const first = new Map<string, Change & { healthyAt: number }>();
  for (const { healthyAt, ...change } of changes) {
    const known = change.commit && first.get(change.commit);
    if (
      change.commit &&
      healthyAt !== undefined &&
      !(known && known.healthyAt <= healthyAt)
    ) {
      first.set(change.commit, { ...change, healthyAt });
    }
  }
  return [...first].flatMap(([commit, change]) => {
    const pushed = pushedAt.get(commit);
    return pushed === undefined || pushed > change.healthyAt
      ? []
      : [{ change, seconds: (change.healthyAt - pushed) / 1000 }];
  });
}

function daysOf(
  pipelines: ReadonlyArray<Pick<ReadPipeline, 'since'>>,
  from: number,
  to: number,
): number {
  const begins = pipelines.flatMap(({ since }) =>
    since === undefined ? [] : Date.parse(since),
  );
  const since = Math.max(from, Math.min(...begins));
  return since >= to ? 0 : (to - since) / DAY_MS;
}

function middle(seconds: readonly number[]) {
  const medianSeconds = median(seconds);
  return medianSeconds === undefined
    ? undefined
    : { medianSeconds, samples: seconds.length };
}
