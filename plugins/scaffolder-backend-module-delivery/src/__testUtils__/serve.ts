import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: any;
}

/** Answers a request with a status and JSON; undefined closes the connection. */
export type Answer = (
  request: SeenRequest,
) => { status: number; body?: unknown } | undefined;

/**
 * A JSON server on a free loopback port, closed after each test.
 *
 * @returns its address and what was asked of it
 */
export function jsonServer(): {
  start(answer: Answer): Promise<{ url: string; seen: SeenRequest[] }>;
} {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(
      servers.splice(0).map(server => {
        server.closeAllConnections();
        return new Promise(done => server.close(done));
      }),
    );
  });
  return {
    async start(answer) {
      const seen: SeenRequest[] = [];
      const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
          chunks.push(chunk);
        }
        const url = new URL(request.url ?? '/', 'http://server');
        const text = Buffer.concat(chunks).toString('utf8');
        const seenRequest = {
          method: request.method ?? '',
          path: decodeURIComponent(url.pathname),
          query: url.searchParams,
          headers: request.headers,
          body: text ? JSON.parse(text) : undefined,
        };
        seen.push(seenRequest);
        const answered = answer(seenRequest);
        if (!answered) {
          request.socket.destroy();
          return;
        }
        response.statusCode = answered.status;
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(answered.body ?? {}));
      });
      servers.push(server);
      await new Promise<void>(done => {
        server.listen(0, '127.0.0.1', done);
      });
      const { port } = server.address() as AddressInfo;
      return { url: `http://127.0.0.1:${port}`, seen };
    },
  };
}
