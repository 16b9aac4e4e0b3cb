import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  askGitHost,
  connectGitHost,
  type GitConnection,
} from '@golden-path/plugin-delivery-node';
import { GitAddress, GitHost, GitHosts, RepositoryState } from './GitHost';

const PIPELINE_FILE = 'pipeline/cicdpipeline.yaml';

/** GitHub, or Gitea through the part of its API that equals GitHub's. */
export class OctokitGitHost implements GitHost {
  readonly address: GitAddress;

  constructor(private readonly connection: GitConnection, owner: string) {
    const { provider, protocol, hostname } = connection;
    this.address = { provider, protocol, hostname, owner };
  }

  async checkOwner(): Promise<void> {
    const { owner, hostname, provider } = this.address;
    const { client } = this.connection;
    // publish:gitea makes repositories of organisations only; at GitHub an organisation is a user as well.
    const found =
      provider === 'gitea'
        ? await this.#ask(() => client.orgs.get({ org: owner }))
        : await this.#ask(() =>
            client.users.getByUsername({ username: owner }),
          );
    if (!found) {
      throw new InputError(
        `gitOwner "${owner}" is not an organisation on ${hostname}; ask your platform team to create it or to correct scaffolder.defaultEnvironment.parameters.gitOwner`,
      );
    }
  }

  async repository(name: string): Promise<RepositoryState | undefined> {
    const { repos } = this.connection.client;
    const target = { owner: this.address.owner, repo: name };
    const repository = await this.#ask(() => repos.get(target));
    if (!repository) {
      return undefined;
    }
    const commits = await this.#ask(
      () => repos.listCommits({ ...target, per_page: 2 }),
      // 409: the repository has no commit.
      [404, 409],
    );
    const file = await this.#ask(() =>
      repos.getContent({ ...target, path: PIPELINE_FILE }),
    );
    const content =
      file && 'content' in file.data
        ? Buffer.from(file.data.content, 'base64').toString('utf8')
        : undefined;
    return {
      commits: commits?.data.length ?? 0,
      ...(content !== undefined && { pipelineManifest: content }),
    };
  }

  #ask<T>(request: () => Promise<T>, absent?: number[]) {
    const { owner } = this.address;
    return askGitHost(this.connection, request, { absent, subject: owner });
  }
}

/**
 * The Git hosts of the app-config.
 *
 * @param integrations - read from `integrations`
 */
export function integrationGitHosts(integrations: ScmIntegrations): GitHosts {
  return {
    async get(host, owner) {
      const connection = await connectGitHost(integrations, { host, owner });
      if (!connection) {
        throw new InputError(
          `gitHost "${host}" is in neither integrations.gitea nor integrations.github of the app-config; ask your platform team to add it or to correct scaffolder.defaultEnvironment.parameters.gitHost`,
        );
      }
      return new OctokitGitHost(connection, owner);
    },
  };
}
