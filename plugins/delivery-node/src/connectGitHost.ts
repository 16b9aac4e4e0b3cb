import type { Octokit } from '@octokit/rest';
import {
  DefaultGithubCredentialsProvider,
  getGiteaRequestOptions,
  type GiteaIntegration,
  type GithubCredentialsProvider,
  type GithubIntegration,
  type ScmIntegrationRegistry,
} from '@backstage/integration';

/**
 * A way to a Git host with the credentials of its integration.
 *
 * @public
 */
export interface GitConnection {
  /** For Gitea: the part of its API that equals GitHub's. */
  client: Octokit;
  provider: 'gitea' | 'github';
  protocol: 'http' | 'https';
  /** With its port, if it has one. */
  hostname: string;
}

/** Octokit would log every 404, and that something is absent is an answer here. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};

/**
 * Connects to a Git host of the portal's `integrations`: github.com and GitHub
 * Enterprise, or Gitea.
 *
 * @param integrations - of the portal
 * @param target - host name (with its port, if it has one), and whose repositories are
 * meant: apps of GitHub have a token for each owner
 * @returns undefined where no integration is for this host
 * @public
 */
export async function connectGitHost(
  integrations: ScmIntegrationRegistry,
  target: { host: string; owner: string },
): Promise<GitConnection | undefined> {
  const gitea = integrations.gitea.byHost(target.host);
  if (gitea) {
    return toGitea(gitea);
  }
  const github = integrations.github.byHost(target.host);
  return github && toGithub(github, integrations, target.owner);
}

async function toGitea({ config }: GiteaIntegration): Promise<GitConnection> {
  const base = new URL(config.baseUrl ?? `https://${config.host}`);
  const { headers } = getGiteaRequestOptions(config);
  const client = await octokit({
    baseUrl: `${base.origin}${base.pathname.replace(/\/$/, '')}/api/v1`,
  });
  client.hook.before('request', options => {
    Object.assign(options.headers, headers);
  });
  return {
    client,
    provider: 'gitea',
    protocol: base.protocol === 'http:' ? 'http' : 'https',
    hostname: config.host,
  };
}

async function toGithub(
  { config }: GithubIntegration,
  integrations: ScmIntegrationRegistry,
  owner: string,
): Promise<GitConnection> {
  const { token } = await credentialsOf(integrations).getCredentials({
    url: `https://${config.host}/${owner}`,
  });
  return {
    client: await octokit({
      baseUrl: config.apiBaseUrl,
      ...(token && { auth: token }),
    }),
    provider: 'github',
    protocol: 'https',
    hostname: config.host,
  };
}

/** One for each portal: it keeps tokens of GitHub Apps, each of which costs requests. */
const providers = new WeakMap<
  ScmIntegrationRegistry,
  GithubCredentialsProvider
>();

function credentialsOf(
  integrations: ScmIntegrationRegistry,
): GithubCredentialsProvider {
  const provider =
    providers.get(integrations) ??
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  providers.set(integrations, provider);
  return provider;
}

async function octokit(options: {
  baseUrl?: string;
  auth?: string;
}): Promise<Octokit> {
  // ESM only: it cannot be required from the CommonJS that Backstage builds.
  const { Octokit: Client } = await import('@octokit/rest');
  return new Client({ log: silent, ...options });
}
