import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';

/** The API server refused a request. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Call {
  method: string;
  path: string;
  body?: object;
  contentType?: string;
  signal?: AbortSignal;
}

/** A line of a watch. */
export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: T;
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
  }
  return text;
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: string };
    return message ?? text;
  } catch {
    return text;
  }
}

/**
 * Requests to the API server with one of the kubeconfigs that the platform itself has written.
 *
 * Not by `@kubernetes/client-node`: it rewrites the objects that it sends by the types it knows, and a
 * CustomResourceDefinition loses its `default` and `enum` that way.
 */
export class ApiServer {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #token: string;

  constructor(kubeconfig: string) {
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
    const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
    this.#url = server;
    this.#token = users[0].user.token;
    this.#agent = new Agent({
      ca: Buffer.from(ca, 'base64'),
      keepAlive: true,
      maxSockets: 16,
    });
  }

  /** @throws {@link ApiError} unless the API server answers with success */
  async call<T>(call: Call): Promise<T> {
    const response = await this.#open(call);
    return JSON.parse(await textOf(response)) as T;
  }

  /** What is not JSON, such as `/metrics`. */
  async text(path: string): Promise<string> {
    return textOf(await this.#open({ method: 'GET', path }));
  }

  /** Events of a watch until it ends, which the API server does after some minutes. */
  async *watch<T>(
    path: string,
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent<T>> {
    const response = await this.#open({ method: 'GET', path, signal });
    for await (const line of createInterface({ input: response })) {
      yield JSON.parse(line) as WatchEvent<T>;
    }
  }

  #open(call: Call): Promise<IncomingMessage> {
    const { method, path, body, contentType = 'application/json' } = call;
    return new Promise((resolve, reject) => {
      const message = request(
        new URL(path, this.#url),
        {
          method,
          agent: this.#agent,
          signal: call.signal,
          headers: {
            authorization: `Bearer ${this.#token}`,
            accept: 'application/json',
            ...(body && { 'content-type': contentType }),
          },
        },
        response => {
          const { statusCode = 0 } = response;
          if (statusCode >= 200 && statusCode < 300) {
            resolve(response);
            return;
          }
          textOf(response).then(
            text => reject(new ApiError(statusCode, messageOf(text))),
            reject,
          );
        },
      );
      message.on('error', reject);
      message.end(body && JSON.stringify(body));
    });
  }
}
