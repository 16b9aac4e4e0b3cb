import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { ClusterAccess, Connection } from './access/ClusterAccess';
import { KubeError, statusError, toKubeError } from './KubeError';

export interface GetOptions {
  signal?: AbortSignal;
  /** Media type to ask for. Default: `application/json`. */
  accept?: string;
}

export interface StreamOptions extends GetOptions {
  signal: AbortSignal;
}

/** A request that changes something. */
export interface WriteRequest {
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: object;
  /** Of a PATCH its kind. Default: `application/json`. */
  contentType?: string;
}

/** Reads from one API server. Every failure is a {@link KubeError}. */
export interface KubeTransport {
  /** The parsed JSON at a path, query included. */
  get(path: string, options?: GetOptions): Promise<unknown>;
  /** An open answer, as text that comes in pieces; ended by the signal or the server. */
  stream(path: string, options: StreamOptions): Promise<Readable>;
  /** Closes idle connections. */
  close(): void;
}

export interface TransportLimits {
  /** From the request to the head of the answer. Default: 30 s. */
  answerMs?: number;
  /** From the request to the end of a `get`. Default: 120 s. */
  wholeMs?: number;
}

/**
 * HTTP/1.1 over one keep-alive agent per cluster and credential. Does not follow
 * redirects: credentials go to the configured server, or nowhere.
 */
export class HttpTransport implements KubeTransport {
  readonly #answerMs: number;
  readonly #wholeMs: number;

  constructor(
    private readonly access: ClusterAccess,
    limits: TransportLimits = {},
  ) {
    this.#answerMs = limits.answerMs ?? 30_000;
    this.#wholeMs = limits.wholeMs ?? 120_000;
  }

  get(path: string, options: GetOptions = {}): Promise<unknown> {
    return this.#whole(path, options);
  }

  /** Changes something, and returns what the API server answers. Not tried twice. */
  send(path: string, change: WriteRequest): Promise<unknown> {
    return this.#whole(path, {}, change);
  }

  async #whole(
    path: string,
    options: GetOptions,
    change?: WriteRequest,
  ): Promise<unknown> {
    const deadline = AbortSignal.timeout(this.#wholeMs);
    const signal = options.signal
      ? AbortSignal.any([options.signal, deadline])
      : deadline;
    try {
      const response = await this.#authenticated(
        path,
        { ...options, signal },
        change,
      );
      const body = await readAll(response);
      return parse(body, path);
    } catch (error) {
      if (deadline.aborted) {
        throw new KubeError(
          'timeout',
          `API server did not answer in full within ${this.#wholeMs / 1000} s`,
        );
      }
      throw toKubeError(error);
    }
  }

  async stream(path: string, options: StreamOptions): Promise<Readable> {
    try {
      return await this.#authenticated(path, options);
    } catch (error) {
      throw toKubeError(error);
    }
  }

  close(): void {
    this.access.close();
  }

  /** One more attempt with fresh credentials when those at hand are refused. */
  async #authenticated(
    path: string,
    options: StreamOptions,
    change?: WriteRequest,
  ): Promise<http.IncomingMessage> {
    const connection = await this.access.connection();
    try {
      return await this.#request(connection, path, options, change);
    } catch (error) {
      const failure = toKubeError(error);
      // Also after a broken connection: perhaps a certificate was replaced.
      if (failure.status === 401 || failure.failure === 'unreachable') {
        this.access.renew(connection, failure.status === 401);
      }
      if (failure.status === 401) {
        const renewed = await this.access.connection();
        if (renewed !== connection) {
          return this.#request(renewed, path, options, change);
        }
      }
      throw error;
    }
  }

  async #request(
    connection: Connection,
    path: string,
    options: StreamOptions,
    change?: WriteRequest,
  ): Promise<http.IncomingMessage> {
    const response = await this.#send(connection, path, options, change);
    response.setEncoding('utf8');
    const status = response.statusCode ?? 0;
    if (status === 200 || (change && status > 200 && status < 300)) {
      return response;
    }
    // Also the words of an error may never end.
    const timer = setTimeout(() => response.destroy(), this.#answerMs);
    try {
      throw statusError(
        status,
        parseLeniently(withoutOwn(await readAll(response), connection)),
        response.headers['retry-after'],
      );
    } finally {
      clearTimeout(timer);
    }
  }

  #send(
    connection: Connection,
    path: string,
    options: StreamOptions,
    change?: WriteRequest,
    isRetry = false,
  ): Promise<http.IncomingMessage> {
    const { server, agent } = connection;
    const { request } = server.protocol === 'http:' ? http : https;
    return new Promise((resolve, reject) => {
      const outgoing = request(`${server.href.replace(/\/$/, '')}${path}`, {
        agent,
        method: change?.method,
        signal: options.signal,
        headers: {
          ...(change?.body && {
            'content-type': change.contentType ?? 'application/json',
          }),
          accept: options.accept ?? 'application/json',
          'user-agent': 'golden-path-delivery',
          ...connection.headers,
        },
      });
      const timer = setTimeout(
        () =>
          outgoing.destroy(
            new KubeError(
              'timeout',
              `API server did not answer within ${this.#answerMs / 1000} s`,
            ),
          ),
        this.#answerMs,
      );
      let isAnswered = false;
      outgoing.on('response', response => {
        isAnswered = true;
        // Whoever reads it is told; one that breaks before is no reason to crash.
        response.on('error', () => {});
        clearTimeout(timer);
        resolve(response);
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const wasIdle =
          outgoing.reusedSocket && !isAnswered && error.code === 'ECONNRESET';
        if (wasIdle && !isRetry && !change) {
          // The server closed the connection just when it was used again.
          resolve(this.#send(connection, path, options, undefined, true));
        } else {
          reject(error);
        }
      });
      outgoing.end(change?.body && JSON.stringify(change.body));
    });
  }
}

async function readAll(response: http.IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of response) {
    body += piece;
  }
  return body;
}

function parse(body: string, path: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's own words quote the body, which is not for logs.
    throw new KubeError(
      'protocol',
      `API server answers ${path.split('?')[0]} with something else than JSON`,
    );
  }
}

/** Some proxies repeat what they were sent, in whatever words. */
function withoutOwn(body: string, { headers }: Connection): string {
  return Object.values(headers)
    .map(value => value.replace(/^\w+ /, ''))
    .filter(Boolean)
    .reduce((text, credential) => text.replaceAll(credential, '***'), body);
}

function parseLeniently(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
