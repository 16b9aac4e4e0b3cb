import { ConflictError, NotFoundError } from '@backstage/errors';
import type { GitConnection } from '@golden-path/plugin-delivery-node';
import { readPullRequest } from './answers';
import type { Ask } from './asking';
import type { GitFile, GitProposal } from './GitRepository';

interface Proposal {
  branch: string;
  base: string;
  title: string;
  body: string;
  files: readonly GitFile[];
}

/**
 * Pull requests of one repository of GitHub, GitHub Enterprise or Gitea. Of several who
 * propose the same at once, one makes it and the others get it.
 */
export class OctokitProposals {
  constructor(
    private readonly repository: {
      connection: GitConnection;
      target: { owner: string; repo: string };
      ask: Ask;
      /** Newest commit of a branch. */
      headOf(branch: string): Promise<string>;
      /** What Git calls the content of a file. */
      blobOf(path: string, branch: string): Promise<string>;
    },
  ) {}

  async propose(proposal: Proposal): Promise<GitProposal> {
    const { branch, base, title } = proposal;
    const open =
      (await this.#openProposal(branch, base)) ??
      (await this.#newBranch(branch, base));
    if (open) {
      return { ...open, isOld: true };
    }
    for (const file of proposal.files) {
      await this.#write(branch, file, title);
    }
    return this.#open(proposal);
  }

  async #open({
    branch: head,
    base,
    title,
    body,
  }: Proposal): Promise<GitProposal> {
    const { connection, target, ask } = this.repository;
    let status: number | undefined;
    const made = await ask(
      () =>
        connection.client.pulls
          .create({ ...target, head, base, title, body })
          .catch(error => {
            status = error.status;
            throw error;
          }),
      // One is open by now (422 at GitHub, 409 at Gitea), or the branch was moved.
      [404, 409, 422],
    );
    if (made) {
      return { ...readPullRequest(made.data), isOld: false };
    }
    if (status === 404) {
      throw new NotFoundError(`${this.#name} takes no pull request`);
    }
    const open = await this.#openProposal(head, base);
    if (!open) {
      throw this.#changedMeanwhile(`Branch ${head}`);
    }
    return { ...open, isOld: true };
  }

  get #name(): string {
    const { owner, repo } = this.repository.target;
    return `${owner}/${repo}`;
  }

  #changedMeanwhile(what: string): ConflictError {
    return new ConflictError(
      `${what} of ${this.#name} was changed at the same time; try again`,
    );
  }

  /** From a branch of the repository itself: Gitea tells of all, those of forks too. */
  async #openProposal(branch: string, base: string) {
    const { pulls } = this.repository.connection.client;
    const isGitea = this.repository.connection.provider === 'gitea';
    for (let page = 1; ; page += 1) {
      const answer = await this.repository.ask(() =>
        pulls.list({
          ...this.repository.target,
          state: 'open',
          base,
          head: `${this.repository.target.owner}:${branch}`,
          per_page: 100,
          // Gitea calls it so.
          ...(isGitea && { limit: 50, page }),
        }),
      );
      const all = answer?.data ?? [];
      const found = all.find(
        pull =>
          pull.head.ref === branch &&
          (pull.head.repo ?? pull.base.repo).id === pull.base.repo.id,
      );
      if (found || !isGitea || all.length === 0) {
        return found && readPullRequest(found);
      }
    }
  }

  /**
   * A branch as the base is now. One that an earlier attempt left behind is moved, not
   * made again: a moment after a branch was deleted, Gitea closes what is open from a
   * branch of its name, also what was opened since.
   *
   * @returns what somebody proposed from that branch meanwhile, which is left as it is
   */
  async #newBranch(branch: string, base: string) {
    const { client, provider } = this.repository.connection;
    if (provider === 'gitea') {
      return this.#newBranchOfGitea(branch, base);
    }
    const sha = await this.repository.headOf(base);
    const ref = `heads/${branch}`;
    const made = await this.repository.ask(
      () =>
        client.git.createRef({
          ...this.repository.target,
          ref: `refs/${ref}`,
          sha,
        }),
      // There is one.
      [422],
    );
    const open = made ? undefined : await this.#openProposal(branch, base);
    if (!made && !open) {
      await this.repository.ask(() =>
        client.git.updateRef({
          ...this.repository.target,
          ref,
          sha,
          force: true,
        }),
      );
    }
    return open;
  }

  async #newBranchOfGitea(branch: string, base: string) {
    const { request } = this.repository.connection.client;
    const path = '/repos/{owner}/{repo}/branches';
    const make = () =>
      request(`POST ${path}`, {
        ...this.repository.target,
        new_branch_name: branch,
        old_branch_name: base,
      });
    if (await this.repository.ask(make, [409])) {
      return undefined;
    }
    const open = await this.#openProposal(branch, base);
    if (open) {
      return open;
    }
    const target = { ...this.repository.target, branch };
    const moved = await this.repository.ask(
      async () =>
        request(`PUT ${path}/{branch}`, {
          ...target,
          new_commit_id: await this.repository.headOf(base),
          force: true,
        }),
      // Gitea moves branches since 1.26.
      [404, 405],
    );
    if (!moved) {
      await this.repository.ask(() =>
        request(`DELETE ${path}/{branch}`, target),
      );
      if (!(await this.repository.ask(make, [409]))) {
        throw this.#changedMeanwhile(`Branch ${branch}`);
      }
    }
    return undefined;
  }

  async #write(branch: string, file: GitFile, message: string): Promise<void> {
    const { repos } = this.repository.connection.client;
    const sha = await this.repository.blobOf(file.path, branch);
    const written = await this.repository.ask(
      () =>
        repos.createOrUpdateFileContents({
          ...this.repository.target,
          path: file.path,
          branch,
          message,
          sha,
          content: Buffer.from(file.content).toString('base64'),
        }),
      // Gitea says 422 where the file is another by now.
      [404, 409, 422],
    );
    if (!written) {
      throw this.#changedMeanwhile(file.path);
    }
  }
}
