import http from 'node:http';
import https from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ClusterAccess } from '../access/ClusterAccess';
import { FakeEvent, FakeResource, ServedKind } from './FakeResource';

export type RequestType = 'discovery' | 'list' | 'watch';

/**
 * How a request is answered: well, with an error status, or in one of the ways in
 * which servers and networks fail.
 *
 * - `reset`: the connection breaks before an answer
 * - `hang`: no answer ever comes
 * - `close`: a watch that the server ends at once
 * - `half-event`: a watch that breaks in the middle of its first event
 * - `half-list`: a streaming list that breaks in the middle of its last object
 * - `expired-event`: a watch that says 410 as an event
 * - `html`: the error page of a proxy, with status 200
 */
export type Mode =
  | 'ok'
  | 'reset'
  | 'hang'
  | 'close'
  | 'half-event'
  | 'half-list'
  | 'expired-event'
  | 'html'
  | number;

/** An API server in this process, as good or as bad as a test wants it. */
export class FakeApiServer {
  /** Requests so far, by type. */
  readonly requests = { discovery: 0, list: 0, watch: 0, unauthorized: 0 };
  readonly urls: string[] = [];
  /** When set, other tokens are refused with 401. */
  token?: string;
  /** When set, other clients' certificates are refused with 401. */
  client?: string;
  retryAfter?: string;
  /**
   * What it does when a watch is asked to begin with a list: as the API asks for, a
   * refusal as of an older server, or the objects and then never a word that this was all.
   */
  streamingLists: 'served' | 'refused' | 'endless' = 'served';
  readonly #resources: FakeResource[] = [];
  readonly #always = new Map<RequestType, Mode>();
  readonly #next = new Map<RequestType, Mode[]>();
  readonly #sockets = new Set<Socket>();
  #version = 100;
  #server?: http.Server;
  #port = 0;

  /** @param tls - serves HTTPS, and asks clients for certificates */
  constructor(private readonly tls?: https.ServerOptions) {}

  /** Starts to listen, at the same port as before. */
  async start(): Promise<void> {
    const answer: http.RequestListener = (request, response) =>
      this.#answer(request, response);
    const server = this.tls
      ? https.createServer(
          { ...this.tls, requestCert: true, rejectUnauthorized: false },
          answer,
        )
      : http.createServer(answer);
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>(resolve => {
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Breaks all connections and stops to listen, like `kill -9`. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      const closed = new Promise(resolve => server.close(resolve));
      this.breakConnections();
      await closed;
    }
  }

  breakConnections(): void {
    this.#sockets.forEach(socket => socket.resetAndDestroy());
  }

  get url(): string {
    return `http${this.tls ? 's' : ''}://127.0.0.1:${this.#port}`;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  access(token = 'secret-token'): ClusterAccess {
    const agent = new http.Agent({ keepAlive: true });
    return {
      connection: async () => ({
        server: new URL(this.url),
        agent,
        headers: { Authorization: `Bearer ${token}` },
      }),
      renew: () => {},
      close: () => agent.destroy(),
    };
  }

  serve(served: ServedKind): FakeResource {
    const resource = new FakeResource(served, () => {
      this.#version += 1;
      return this.#version;
    });
    this.#resources.push(resource);
    return resource;
  }

  /** The kind is no longer there; its watches end. */
  unserve(resource: FakeResource): void {
    this.#resources.splice(this.#resources.indexOf(resource), 1);
    this.breakConnections();
  }

  /** Restores an old backup: versions start again from far below. */
  rewind(): void {
    this.#version = 1;
  }

  /** Answers all requests of a type so, from now on. */
  always(type: RequestType, mode: Mode): void {
    this.#always.set(type, mode);
  }

  /** Answers the next requests of a type so, then as always. */
  next(type: RequestType, ...modes: Mode[]): void {
    this.#next.set(type, [...(this.#next.get(type) ?? []), ...modes]);
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = new URL(request.url!, this.url);
    this.urls.push(request.url!);
    const resource = this.#resources.find(({ served }) =>
      new RegExp(
        `^${groupVersionPath(served)}(/namespaces/[^/]+)?/${served.plural}$`,
      ).test(url.pathname),
    );
    const type = resource ? collectionRequest(url.searchParams) : typeOf(url);
    this.requests[type] += 1;
    const authorization = request.headers.authorization;
    const isRefused =
      (this.token && authorization !== `Bearer ${this.token}`) ||
      (this.client && this.client !== clientOf(request.socket));
    if (isRefused) {
      this.requests.unauthorized += 1;
      this.#status(response, 401, 'Unauthorized');
      return;
    }
    const mode =
      this.#next.get(type)?.shift() ?? this.#always.get(type) ?? 'ok';
    if (mode === 'hang') {
      return;
    }
    if (mode === 'reset') {
      request.socket.resetAndDestroy();
    } else if (mode === 'html') {
      response.end('<html>an error page</html>');
    } else if (typeof mode === 'number') {
      this.#status(response, mode, mode === 410 ? 'Expired' : `mode ${mode}`);
    } else if (type === 'discovery') {
      this.#discover(url.pathname, response);
    } else if (!resource) {
      this.#status(response, 404, 'NotFound');
    } else if (type === 'list') {
      this.#list(resource, url.searchParams, request, response);
    } else {
      this.#watch(resource, url.searchParams, mode, response);
    }
  }

  #status(response: http.ServerResponse, code: number, reason: string): void {
    response.statusCode = code;
    if (this.retryAfter) {
      response.setHeader('retry-after', this.retryAfter);
    }
    response.end(JSON.stringify(statusObject(code, reason)));
  }

  #discover(path: string, response: http.ServerResponse): void {
    const kinds = this.#resources.map(({ served }) => served);
    if (path === '/apis') {
      const names = new Set(kinds.map(({ group }) => group).filter(Boolean));
      const groups = [...names].map(name => {
        const versions = kinds
          .filter(({ group }) => group === name)
          .map(({ version }) => ({ version }));
        return { name, versions, preferredVersion: versions.at(-1) };
      });
      response.end(JSON.stringify({ kind: 'APIGroupList', groups }));
      return;
    }
    const found = kinds.filter(served => groupVersionPath(served) === path);
    if (found.length === 0) {
      response.statusCode = 404;
      response.end('404 page not found');
      return;
    }
    const resources = found.flatMap(({ plural, kind, namespaced }) => [
      { name: `${plural}/status`, kind, namespaced, verbs: ['get'] },
      { name: plural, kind, namespaced, verbs: ['get', 'list', 'watch'] },
    ]);
    response.end(JSON.stringify({ kind: 'APIResourceList', resources }));
  }

  #list(
    resource: FakeResource,
    query: URLSearchParams,
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): void {
    const objects = [...resource.objects.values()];
    const start = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? objects.length);
    const more = start + limit < objects.length;
    const metadata = {
      resourceVersion: String(this.#version),
      ...(more && { continue: String(start + limit) }),
    };
    const partial = request.headers.accept?.includes('PartialObjectMetadata');
    const items = objects
      .slice(start, start + limit)
      // Items of a list carry no apiVersion and kind when the type is built in.
      .map(({ apiVersion, kind, ...item }) =>
        partial ? { metadata: item.metadata } : item,
      );
    response.end(JSON.stringify({ kind: 'List', metadata, items }));
  }

  #watch(
    resource: FakeResource,
    query: URLSearchParams,
    mode: Mode,
    response: http.ServerResponse,
  ): void {
    const isList = query.get('sendInitialEvents') === 'true';
    if (isList && this.streamingLists === 'refused') {
      this.#status(response, 422, 'Invalid');
      return;
    }
    const missed = isList
      ? this.#initialEvents(resource)
      : resource.since(Number(query.get('resourceVersion')));
    response.flushHeaders();
    const send = (event: FakeEvent, torn = false) => {
      const line = `${JSON.stringify(event)}\n`;
      if (torn) {
        response.write(line.slice(0, line.length / 2), () =>
          response.socket?.resetAndDestroy(),
        );
      } else {
        response.write(line);
      }
    };
    if (mode === 'close') {
      response.end();
    } else if (mode === 'expired-event' || !missed) {
      send({ type: 'ERROR', object: statusObject(410, 'Expired') });
      response.end();
    } else if (mode === 'half-event' || mode === 'half-list') {
      const all = missed.map(event => `${JSON.stringify(event)}\n`).join('');
      const part = mode === 'half-event' ? '{"type":"ADDED","obj' : all;
      response.write(part.slice(0, -20), () =>
        response.socket?.resetAndDestroy(),
      );
    } else {
      missed.forEach(event => send(event));
      resource.watchers.add(send);
      response.on('close', () => resource.watchers.delete(send));
    }
  }

  #initialEvents({ objects, served: { kind } }: FakeResource): FakeEvent[] {
    const bookmark: FakeEvent = {
      type: 'BOOKMARK',
      object: {
        kind,
        metadata: {
          resourceVersion: String(this.#version),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    };
    return [
      ...[...objects.values()].map(object => ({
        type: 'ADDED' as const,
        object,
      })),
      ...(this.streamingLists === 'endless' ? [] : [bookmark]),
    ];
  }
}

function clientOf(socket: Socket): string | undefined {
  return socket instanceof TLSSocket && socket.authorized
    ? String(socket.getPeerCertificate().subject.CN)
    : undefined;
}

function typeOf(url: URL): RequestType {
  return /^\/apis?(\/[^/]+){0,2}$/.test(url.pathname)
    ? 'discovery'
    : collectionRequest(url.searchParams);
}

function collectionRequest(query: URLSearchParams): RequestType {
  return query.has('watch') ? 'watch' : 'list';
}

function groupVersionPath({ group, version }: ServedKind): string {
  return group ? `/apis/${group}/${version}` : `/api/${version}`;
}

function statusObject(code: number, reason: string): object {
  return {
    kind: 'Status',
    status: 'Failure',
    code,
    reason,
    message: `said so by the test: ${reason}`,
  };
}
