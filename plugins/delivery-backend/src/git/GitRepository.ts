import type { Entity } from '@backstage/catalog-model';

/** A file of a repository at one commit. */
export interface GitFile {
  path: string;
  content: string;
}

/** A commit as its Git host tells of it. */
export interface GitCommit {
  sha: string;
  /** First line. */
  title: string;
  author?: string;
  /** Picture of the author, where the host has one. */
  avatarUrl?: string;
  /** ISO 8601, when it was committed. */
  committedAt?: string;
  url?: string;
  /** Paths that it touches; absent where the host does not list all of them. */
  paths?: string[];
}

/** Commits that one commit has and another lacks. */
export interface GitComparison {
  count: number;
  /** Newest first; of more than a hundred only some. */
  commits: GitCommit[];
}

export interface GitProposal {
  url: string;
  number: number;
  /** Whether it was open before. */
  isOld: boolean;
}

/** One repository on its Git host. Every failure is an error that a person can read. */
export interface GitRepository {
  /** For people, for example `golden-path/checkout`. */
  readonly name: string;
  /** Newest commit of a branch, of the default branch without one. */
  head(branch?: string): Promise<string>;
  /** Files directly in a folder. */
  folder(path: string, revision?: string): Promise<GitFile[]>;
  /** A commit; undefined when the host does not know it or cannot be asked. */
  commit(sha: string): Promise<GitCommit | undefined>;
  /**
   * What is in `head` and not in `base`.
   *
   * @throws NotFoundError when the host does not know both
   */
  between(base: string, head: string): Promise<GitComparison>;
  /**
   * Opens a pull request from a branch of this name with these files in one commit,
   * unless one is open from that branch.
   *
   * @param proposal - `branch` names what is proposed, so that the same is proposed once
   */
  propose(proposal: {
    branch: string;
    /** Default: the default branch. */
    base?: string;
    title: string;
    body: string;
    files: readonly GitFile[];
  }): Promise<GitProposal>;
}

/** Finds repositories on the Git hosts of `integrations`. */
export interface GitRepositories {
  /**
   * @param url - address to clone from or of a page of the repository
   * @throws InputError when its host is in no integration
   */
  byUrl(url: string): Promise<GitRepository>;
  /** The repository that an entity comes from; undefined when it names none. */
  ofEntity(entity: Entity): Promise<GitRepository | undefined>;
}
