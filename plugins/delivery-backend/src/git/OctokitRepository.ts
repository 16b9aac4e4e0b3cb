import { ConflictError, NotFoundError, toError } from '@backstage/errors';
import {
  askGitHost,
  type GitConnection,
} from '@golden-path/plugin-delivery-node';
import type {
  GitCommit,
  GitComparison,
  GitFile,
  GitProposal,
  GitRepository,
} from './GitRepository';
import {
  readCommit,
  readComparison,
  readHead,
  readPullRequest,
} from './answers';
import { RateLimitedError, waitOf } from './RateLimitedError';

/** Commits that one page of a comparison shows. */
const COMPARED = 100;

/** A repository of GitHub, GitHub Enterprise or Gitea. */
export class OctokitRepository implements GitRepository {
  readonly #target: { owner: string; repo: string };
  #defaultBranch?: string;

  constructor(
    private readonly connection: GitConnection,
    owner: string,
    repo: string,
  ) {
    this.#target = { owner, repo };
  }

  get name(): string {
    return `${this.#target.owner}/${this.#target.repo}`;
  }

  async head(branch?: string): Promise<string> {
    const { repos } = this.connection.client;
    const name = branch ?? (await this.#default());
    const answer = await this.#ask(() =>
      repos.getBranch({ ...this.#target, branch: name }),
    );
    if (!answer) {
      throw new NotFoundError(`${this.name} has no branch "${name}"`);
    }
    return readHead(answer.data);
  }

  async folder(path: string, revision?: string): Promise<GitFile[]> {
    const { repos } = this.connection.client;
    const ref = revision ?? (await this.#default());
    const listing = await this.#ask(() =>
      repos.getContent({ ...this.#target, path, ref }),
    );
    const entries = Array.isArray(listing?.data) ? listing.data : [];
    const files = entries.filter(({ type }) => type === 'file');
    return Promise.all(
      files.map(async file => ({
        path: file.path,
        content: (await this.#file(file.path, ref)).content,
      })),
    );
  }

  async commit(sha: string): Promise<GitCommit | undefined> {
    const { repos, request } = this.connection.client;
    const answer = await this.#ask(
      () =>
        this.connection.provider === 'gitea'
          ? request('GET /repos/{owner}/{repo}/git/commits/{sha}', {
              ...this.#target,
              sha,
            })
          : repos.getCommit({ ...this.#target, ref: sha }),
      // 422: no commit is called so.
      [404, 422],
    );
    return answer && readCommit(answer.data);
  }

  async between(base: string, head: string): Promise<GitComparison> {
    const { provider } = this.connection;
    const first = await this.#compared(base, head);
    const page = Math.ceil(first.count / COMPARED);
    // GitHub tells the oldest first, on the first of several pages.
    return provider === 'github' && page > 1
      ? this.#compared(base, head, page)
      : first;
  }

  async propose(
    proposal: Parameters<GitRepository['propose']>[0],
  ): Promise<GitProposal> {
    const { branch, title, body } = proposal;
    const base = proposal.base ?? (await this.#default());
    const open = await this.#openProposal(branch, base);
    if (open) {
      return { ...open, isOld: true };
    }
    await this.#newBranch(branch, base);
    for (const file of proposal.files) {
      await this.#write(branch, file, title);
    }
    const { pulls } = this.connection.client;
    const made = await this.#ask(() =>
      pulls.create({ ...this.#target, head: branch, base, title, body }),
    );
    if (!made) {
      throw new NotFoundError(`${this.name} takes no pull request`);
    }
    return { ...readPullRequest(made.data), isOld: false };
  }

  async #compared(base: string, head: string, page?: number) {
    const { repos } = this.connection.client;
    const answer = await this.#ask(() =>
      repos.compareCommitsWithBasehead({
        ...this.#target,
        basehead: `${base}...${head}`,
        per_page: COMPARED,
        page,
      }),
    );
    if (!answer) {
      throw new NotFoundError(
        `${this.name} cannot compare ${base} with ${head}: it does not know both`,
      );
    }
    return readComparison(answer.data, this.connection.provider);
  }

  async #openProposal(branch: string, base: string) {
    const { pulls } = this.connection.client;
    const answer = await this.#ask(() =>
      pulls.list({
        ...this.#target,
        state: 'open',
        base,
        head: `${this.#target.owner}:${branch}`,
        per_page: 100,
      }),
    );
    // Gitea does not filter by branch.
    const found = answer?.data.find(({ head }) => head.ref === branch);
    return found && readPullRequest(found);
  }

  /**
   * A branch as the base is now. One that an earlier attempt left behind is moved, not
   * made again: a moment after a branch was deleted, Gitea closes what is open from a
   * branch of its name, also what was opened since.
   */
  async #newBranch(branch: string, base: string): Promise<void> {
    const { client, provider } = this.connection;
    if (provider === 'gitea') {
      await this.#newBranchOfGitea(branch, base);
      return;
    }
    const sha = await this.head(base);
    const ref = `heads/${branch}`;
    const made = await this.#ask(
      () => client.git.createRef({ ...this.#target, ref: `refs/${ref}`, sha }),
      // There is one.
      [422],
    );
    if (!made) {
      await this.#ask(() =>
        client.git.updateRef({ ...this.#target, ref, sha, force: true }),
      );
    }
  }

  async #newBranchOfGitea(branch: string, base: string): Promise<void> {
    const { request } = this.connection.client;
    const path = '/repos/{owner}/{repo}/branches';
    const make = () =>
      request(`POST ${path}`, {
        ...this.#target,
        new_branch_name: branch,
        old_branch_name: base,
      });
    if (await this.#ask(make, [409])) {
      return;
    }
    const target = { ...this.#target, branch };
    const moved = await this.#ask(
      async () =>
        request(`PUT ${path}/{branch}`, {
          ...target,
          new_commit_id: await this.head(base),
          force: true,
        }),
      // Gitea moves branches since 1.26.
      [404, 405],
    );
    if (!moved) {
      await this.#ask(() => request(`DELETE ${path}/{branch}`, target));
      await this.#ask(make);
    }
  }

  async #write(branch: string, file: GitFile, message: string): Promise<void> {
    const { repos } = this.connection.client;
    const { sha } = await this.#file(file.path, branch);
    const written = await this.#ask(
      () =>
        repos.createOrUpdateFileContents({
          ...this.#target,
          path: file.path,
          branch,
          message,
          sha,
          content: Buffer.from(file.content).toString('base64'),
        }),
      [404, 409],
    );
    if (!written) {
      throw new ConflictError(
        `${file.path} of ${this.name} was changed at the same time; try again`,
      );
    }
  }

  async #file(path: string, ref: string) {
    const { repos } = this.connection.client;
    const answer = await this.#ask(() =>
      repos.getContent({ ...this.#target, path, ref }),
    );
    if (!answer || !('content' in answer.data)) {
      throw new NotFoundError(`${this.name} has no file ${path} at ${ref}`);
    }
    const { sha, content } = answer.data;
    return { sha, content: Buffer.from(content, 'base64').toString('utf8') };
  }

  async #default(): Promise<string> {
    if (!this.#defaultBranch) {
      const { repos } = this.connection.client;
      const answer = await this.#ask(() => repos.get(this.#target));
      if (!answer) {
        throw new NotFoundError(
          `There is no repository ${this.name} on ${this.connection.hostname}, or the account of integrations.${this.connection.provider} may not see it`,
        );
      }
      this.#defaultBranch = answer.data.default_branch;
    }
    return this.#defaultBranch;
  }

  async #ask<T>(
    request: () => Promise<T>,
    absent?: number[],
  ): Promise<T | undefined> {
    let wait: number | undefined;
    const noticing = async () => {
      try {
        return await request();
      } catch (error) {
        wait = waitOf(error, Date.now());
        throw error;
      }
    };
    try {
      return await askGitHost(this.connection, noticing, {
        absent,
        subject: this.name,
      });
    } catch (error) {
      throw wait === undefined
        ? error
        : new RateLimitedError(toError(error).message, wait);
    }
  }
}
