import { z } from 'zod';
import type { GitCommit, GitComparison } from './GitRepository';

/*
 * The parts of the answers that are read: the same at GitHub and at Gitea.
 * https://docs.github.com/en/rest
 */
const commitSchema = z.object({
  sha: z.string(),
  html_url: z.url().optional().catch(undefined),
  commit: z.object({
    message: z.string(),
    author: z
      .object({ name: z.string().optional(), date: z.string().optional() })
      .nullish(),
    committer: z.object({ date: z.string().optional() }).nullish(),
  }),
  author: z
    .object({ avatar_url: z.url().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  // Absent in lists.
  files: z.array(z.object({ filename: z.string() })).nullish(),
});

const comparisonSchema = z.object({
  total_commits: z.int().min(0),
  commits: z.array(z.unknown()),
});

/** GitHub lists no more files of a commit at once. */
const LISTED_FILES = 300;

const branchSchema = z.object({
  commit: z.union([
    z.object({ sha: z.string() }),
    // Gitea calls it so.
    z.object({ id: z.string() }),
  ]),
});

const pullRequestSchema = z.object({
  number: z.int(),
  html_url: z.url(),
});

export function readCommit(answer: unknown): GitCommit {
  const {
    sha,
    html_url: url,
    commit,
    author,
    files,
  } = commitSchema.parse(answer);
  const date = commit.committer?.date ?? commit.author?.date;
  return {
    sha,
    title: commit.message.split('\n')[0],
    author: commit.author?.name,
    avatarUrl: author?.avatar_url,
    committedAt: date && toTimestamp(date),
    url,
    paths:
      files && files.length < LISTED_FILES
        ? files.map(({ filename }) => filename)
        : undefined,
  };
}

export function readComparison(
  answer: unknown,
  provider: 'gitea' | 'github',
): GitComparison {
  const { total_commits: count, commits } = comparisonSchema.parse(answer);
  const read = commits.map(readCommit);
  // GitHub tells the oldest first, Gitea the newest.
  return { count, commits: provider === 'gitea' ? read : read.reverse() };
}

export function readHead(answer: unknown): string {
  const { commit } = branchSchema.parse(answer);
  return 'sha' in commit ? commit.sha : commit.id;
}

export function readPullRequest(answer: unknown) {
  const { number, html_url: url } = pullRequestSchema.parse(answer);
  return { number, url };
}

function toTimestamp(date: string): string | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
