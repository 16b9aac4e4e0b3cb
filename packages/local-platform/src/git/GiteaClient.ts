/** Gitea answered with an error. */
export class GiteaError extends Error {
  override name = 'GiteaError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface FileContent {
  content: string;
  /** Gitea's id of this content; an update must name the one that it replaces. */
  sha: string;
}

/** The calls to Gitea's API that the platform makes (close to GitHub's; `/api/swagger` of a running Gitea lists them). */
export class GiteaClient {
  readonly #baseUrl: string;
  readonly #authorization: string;

  /** @param baseUrl - such as `http://127.0.0.1:3000` */
  constructor(
    baseUrl: string,
    credentials: { username: string; password: string },
  ) {
    const { username, password } = credentials;
    this.#baseUrl = baseUrl;
    this.#authorization = `Basic ${Buffer.from(
      `${username}:${password}`,
    ).toString('base64')}`;
  }

  /** @throws {@link GiteaError} unless Gitea answers with success */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#baseUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: this.#authorization,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new GiteaError(
        response.status,
        `${method} ${path}: ${response.status} ${text}`,
      );
    }
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Like {@link GiteaClient.call}, and nothing when there is no such thing. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.call<T>('GET', path);
    } catch (error) {
      if (error instanceof GiteaError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async file(
    repository: string,
    path: string,
    revision: string,
  ): Promise<FileContent | undefined> {
    const found = await this.find<{ content: string; sha: string }>(
      `/repos/${repository}/contents/${encodePath(
        path,
      )}?ref=${encodeURIComponent(revision)}`,
    );
    return (
      found && {
        content: Buffer.from(found.content, 'base64').toString('utf8'),
        sha: found.sha,
      }
    );
  }

  /**
   * Commits one changed file.
   *
   * @throws {@link GiteaError} with status 409 or 422 when the file has changed since it was read
   */
  async commitFile(
    repository: string,
    change: {
      path: string;
      content: string;
      sha: string;
      branch: string;
      message: string;
      author: { name: string; email: string };
    },
  ): Promise<string> {
    const { path, content, author, ...rest } = change;
    const { commit } = await this.call<{ commit: { sha: string } }>(
      'PUT',
      `/repos/${repository}/contents/${encodePath(path)}`,
      {
        ...rest,
        content: Buffer.from(content).toString('base64'),
        author,
        committer: author,
      },
    );
    return commit.sha;
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
