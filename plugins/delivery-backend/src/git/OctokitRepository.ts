import { NotFoundError } from '@backstage/errors';
import type { GitConnection } from '@golden-path/plugin-delivery-node';
import type {
  GitCommit,
  GitComparison,
  GitFile,
  GitProposal,
  GitRepository,
} from './GitRepository';
import { readCommit, readComparison, readHead } from './answers';
import { asking, type Ask } from './asking';
import { OctokitProposals } from './OctokitProposals';

/** Commits that one page of a comparison shows. */
const COMPARED = 100;

/** A repository of GitHub, GitHub Enterprise or Gitea. */
export class OctokitRepository implements GitRepository {
  readonly #target: { owner: string; repo: string };
  readonly #ask: Ask;
  readonly #proposals: OctokitProposals;
  #defaultBranch?: string;

  constructor(
    private readonly connection: GitConnection,
    owner: string,
    repo: string,
  ) {
    this.#target = { owner, repo };
    this.#ask = asking(connection, this.name);
    this.#proposals = new OctokitProposals({
      connection,
      target: this.#target,
      ask: this.#ask,
      headOf: branch => this.head(branch),
      blobOf: async (path, branch) => (await this.#file(path, branch)).sha,
    });
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
    const base = proposal.base ?? (await this.#default());
    return this.#proposals.propose({ ...proposal, base });
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
}
