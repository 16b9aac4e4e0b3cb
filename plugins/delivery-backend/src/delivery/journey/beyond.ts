import type {
  Commit,
  RecordedDeployment,
  RecordedPromotion,
  RecordedRun,
} from '@golden-path/plugin-delivery-common';

/** A commit as its Git host tells of it. */
export interface KnownCommit extends Commit {
  /** Paths that it touches, where the host lists all of them. */
  paths?: readonly string[];
}

/** Commits that one commit has and another lacks. */
export interface Comparison {
  count: number;
  /** Newest first; of many only the newest. */
  commits: readonly KnownCommit[];
}

/** What the history keeps of a pipeline. */
export interface Past {
  /** Finished runs, newest end first. */
  runs: readonly RecordedRun[];
  /** Newest end first. */
  deployments: readonly RecordedDeployment[];
  /** Newest first. */
  promotions: readonly RecordedPromotion[];
}

/** What no cluster knows, as far as it has been learnt by now. */
export interface Beyond {
  commit(sha: string): KnownCommit | undefined;
  /** What `head` has that `base` lacks. */
  between(base: string, head: string): Comparison | undefined;
  /** Absent before it has been read. */
  past?: Past;
}

/** Nothing learnt. */
export const NOTHING_BEYOND: Beyond = {
  commit: () => undefined,
  between: () => undefined,
};

const MAXIMUM_COMMITS = 20;

/** A commit as the document shows it. */
export function toCommit({ paths: _, ...commit }: KnownCommit): Commit {
  return commit;
}

/** What an environment has that the next one lacks. */
export function toAhead(of: string, { count, commits }: Comparison) {
  return {
    of,
    count,
    commits: commits.slice(0, MAXIMUM_COMMITS).map(toCommit),
  };
}
