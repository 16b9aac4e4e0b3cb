/** What a repository looks like to somebody who wants to make it. */
export interface RepositoryState {
  /** Number of commits on the default branch, counted up to two. */
  commits: number;
  /** Content of `pipeline/cicdpipeline.yaml`, where there is one. */
  pipelineManifest?: string;
}

/** A Git host, as the pipeline and people reach it. */
export interface GitAddress {
  provider: 'gitea' | 'github';
  protocol: 'http' | 'https';
  /** With its port, if it has one. */
  hostname: string;
  owner: string;
}

/** What the actions ask of a Git host. Every failure is an error that says what to do. */
export interface GitHost {
  readonly address: GitAddress;

  /**
   * Proves that the owner is there, and so that the host answers and accepts the
   * credentials of the integration.
   *
   * @throws InputError, AuthenticationError, ServiceUnavailableError
   */
  checkOwner(): Promise<void>;

  /** A repository of the owner, or undefined when there is none. */
  repository(name: string): Promise<RepositoryState | undefined>;
}

/** Finds the Git host for a host name of `integrations` and an owner there. */
export interface GitHosts {
  get(host: string, owner: string): Promise<GitHost>;
}

/**
 * Addresses of a repository.
 *
 * @param git - its host and owner
 * @param name - its name
 */
export function repositoryAddresses(git: GitAddress, name: string) {
  const page = `${git.protocol}://${git.hostname}/${git.owner}/${name}`;
  const branch = git.provider === 'gitea' ? 'src/branch/main' : 'blob/main';
  return {
    /** For the input `repoUrl` of the publish actions. */
    repoUrl: `${git.hostname}?owner=${git.owner}&repo=${name}`,
    pageUrl: page,
    cloneUrl: `${page}.git`,
    catalogInfoUrl: `${page}/${branch}/catalog-info.yaml`,
    sourceLocation:
      git.provider === 'gitea'
        ? `${page}/src/branch/main/`
        : `${page}/tree/main/`,
  };
}
