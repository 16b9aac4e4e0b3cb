import type { Octokit } from '@octokit/rest';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  getGiteaRequestOptions,
  GiteaIntegration,
  GithubIntegration,
  ScmIntegrations,
} from '@backstage/integration';
import { GitAddress, GitHost, GitHosts, RepositoryState } from './GitHost';

// ESM only: it cannot be required from the CommonJS that Backstage builds.
const octokit = () => import('@octokit/rest');

const PIPELINE_FILE = 'pipeline/cicdpipeline.yaml';

/** GitHub, or Gitea through the part of its API that equals GitHub's. */
export class OctokitGitHost implements GitHost {
  readonly #client: Octokit;

  constructor(client: Octokit, readonly address: GitAddress) {
    this.#client = client;
  }

  async checkOwner(): Promise<void> {
    const { owner, hostname, provider } = this.address;
    // publish:gitea makes repositories of organisations only; at GitHub an organisation is a user as well.
    const found =
      provider === 'gitea'
        ? await this.#ask(() => this.#client.orgs.get({ org: owner }))
        : await this.#ask(() =>
            this.#client.users.getByUsername({ username: owner }),
          );
    if (!found) {
      throw new InputError(
        `gitOwner "${owner}" is not an organisation on ${hostname}; ask your platform team to create it or to correct scaffolder.defaultEnvironment.parameters.gitOwner`,
      );
    }
  }

  async repository(name: string): Promise<RepositoryState | undefined> {
    const target = { owner: this.address.owner, repo: name };
    const repository = await this.#ask(() => this.#client.repos.get(target));
    if (!repository) {
      return undefined;
    }
    const commits = await this.#ask(
      () => this.#client.repos.listCommits({ ...target, per_page: 2 }),
      // 409: the repository has no commit.
      [404, 409],
    );
    const file = await this.#ask(() =>
      this.#client.repos.getContent({ ...target, path: PIPELINE_FILE }),
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

  /** Answers undefined for "not there"; says everything else without a word about credentials. */
  async #ask<T>(
    request: () => Promise<T>,
    absent: number[] = [404],
  ): Promise<T | undefined> {
    const { hostname, provider } = this.address;
    try {
      return await request();
    } catch (error) {
      const { status, response } = error as {
        status?: number;
        response?: object;
      };
      if (response && status && absent.includes(status)) {
        return undefined;
      }
      if (response && status === 401) {
        throw new AuthenticationError(
          `${hostname} refuses the credentials of integrations.${provider} in the app-config; ask your platform team to renew them`,
        );
      }
      if (response && status === 403) {
        throw new NotAllowedError(
          `${hostname} forbids the account of integrations.${provider} to look at ${this.address.owner}; ask your platform team to give it access`,
        );
      }
      const reason = response ? `HTTP ${status}` : deepestMessage(error);
      throw new ServiceUnavailableError(
        `The Git host ${hostname} does not answer (${reason}), so no repository can be made. Check that it runs, or ask your platform team; then try again`,
      );
    }
  }
}

/** Octokit and fetch say "fetch failed"; the cause of the cause says why. */
function deepestMessage(error: unknown): string {
  const { cause, message } = error as { cause?: unknown; message?: string };
  return cause ? deepestMessage(cause) : message || String(error);
}

// Octokit would log every 404, and a repository that is absent is what we hope for.
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};

async function giteaHost(
  integration: GiteaIntegration,
  owner: string,
): Promise<GitHost> {
  const { Octokit: Client } = await octokit();
  const { config } = integration;
  const base = new URL(config.baseUrl ?? `https://${config.host}`);
  const client = new Client({
    baseUrl: `${base.origin}${base.pathname.replace(/\/$/, '')}/api/v1`,
    log: silent,
  });
  const { headers } = getGiteaRequestOptions(config);
  client.hook.before('request', options => {
    Object.assign(options.headers, headers);
  });
  return new OctokitGitHost(client, {
    provider: 'gitea',
    protocol: base.protocol === 'http:' ? 'http' : 'https',
    hostname: config.host,
    owner,
  });
}

async function githubHost(
  integration: GithubIntegration,
  integrations: ScmIntegrations,
  owner: string,
): Promise<GitHost> {
  const { Octokit: Client } = await octokit();
  const { config } = integration;
  const { token } = await DefaultGithubCredentialsProvider.fromIntegrations(
    integrations,
  ).getCredentials({ url: `https://${config.host}/${owner}` });
  return new OctokitGitHost(
    new Client({
      baseUrl: config.apiBaseUrl,
      log: silent,
      ...(token && { auth: token }),
    }),
    { provider: 'github', protocol: 'https', hostname: config.host, owner },
  );
}

/**
 * The Git hosts of the app-config.
 *
 * @param integrations - read from `integrations`
 */
export function integrationGitHosts(integrations: ScmIntegrations): GitHosts {
  return {
    async get(host, owner) {
      const gitea = integrations.gitea.byHost(host);
      if (gitea) {
        return giteaHost(gitea, owner);
      }
      const github = integrations.github.byHost(host);
      if (github) {
        return githubHost(github, integrations, owner);
      }
      throw new InputError(
        `gitHost "${host}" is in neither integrations.gitea nor integrations.github of the app-config; ask your platform team to add it or to correct scaffolder.defaultEnvironment.parameters.gitHost`,
      );
    },
  };
}
