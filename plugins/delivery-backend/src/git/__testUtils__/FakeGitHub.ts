import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { GitRepository } from '../GitRepository';
import { IntegrationRepositories } from '../IntegrationRepositories';
import type { GithubDescription, SeenRequest } from './githubDescription';
import { NEW_PULL, NEW_REF } from './githubOperations';

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * A GitHub that takes only what the description of its API allows, which it publishes
 * itself, and answers only as that says.
 */
export class FakeGitHub {
  readonly asked: Array<SeenRequest & { id: string }> = [];
  /** What a test wants answered; where that is nothing, it is the usual. */
  answers: (id: string, request: SeenRequest) => Answer | undefined = () =>
    undefined;
  readonly #description: GithubDescription;
  readonly #problems: unknown[] = [];
  readonly #server = createServer(async (incoming, response) => {
    try {
      const answer = await this.#answerTo(incoming);
      response.writeHead(answer.status, {
        'content-type': 'application/json; charset=utf-8',
        ...answer.headers,
      });
      response.end(answer.body && JSON.stringify(answer.body));
    } catch (error) {
      this.#problems.push(error);
      response.writeHead(500).end();
    }
  });

  constructor(description: GithubDescription) {
    this.#description = description;
  }

  get idsAsked(): string[] {
    return this.asked.map(({ id }) => id);
  }

  /** @returns a repository on it */
  async start(): Promise<GitRepository> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = this.#server.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host, apiBaseUrl: `http://${host}`, token: 'for-tests' }],
        },
      }),
    );
    return new IntegrationRepositories(integrations).byUrl(
      `http://${host}/octocat/Hello-World`,
    );
  }

  /** @throws when a request or an answer was not as described */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
    if (this.#problems.length > 0) {
      throw this.#problems[0];
    }
  }

  async #answerTo(incoming: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    const url = new URL(incoming.url ?? '', 'http://localhost');
    const request = {
      method: incoming.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: Object.fromEntries(url.searchParams),
      body: text ? JSON.parse(text) : undefined,
    };
    const described = this.#description.check(request);
    const { id } = described;
    this.asked.push({ ...request, id });
    const answer = this.answers(id, request) ?? this.#usualAnswer(id);
    if (!this.#description.answersWith(described, answer.status)) {
      throw new Error(`${id} never answers ${answer.status}`);
    }
    return answer;
  }

  /** The first example that the description gives. */
  #usualAnswer(id: string): Answer {
    const status = [NEW_REF, NEW_PULL].includes(id) ? 201 : 200;
    return { status, body: this.#description.examples(id, status)[0][1] };
  }
}
