import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Of an answer that nginx holds back: eight buffers of a page each. */
const BUFFER_BYTES = 8 * 4096;

/** What concerns one connection only. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];

/**
 * Forwards requests as nginx does by default: an answer is held back until there is much
 * of it or all of it, unless the answer itself asks not to.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
 */
export class BufferingProxy {
  readonly #server: http.Server;

  private constructor(port: number) {
    this.#server = http.createServer((request, response) => {
      const { headers, method, url: path } = request;
      const forwarded = http.request(
        {
          port,
          path,
          method,
          headers: { ...headers, connection: 'close' },
          agent: false,
        },
        answer => forward(answer, response),
      );
      forwarded.on('error', () => response.destroy());
      response.on('close', () => forwarded.destroy());
      request.pipe(forwarded);
    });
  }

  /** @param port - of the server behind it, on this machine */
  static async start(port: number): Promise<BufferingProxy> {
    const proxy = new BufferingProxy(port);
    await new Promise<void>(resolve => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function forward(
  answer: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  const { 'x-accel-buffering': buffering, ...headers } = answer.headers;
  HOP_BY_HOP.forEach(name => delete headers[name]);
  response.writeHead(answer.statusCode ?? 502, headers);
  answer.on('error', () => response.destroy());
  if (buffering === 'no') {
    response.flushHeaders();
    answer.pipe(response);
    return;
  }
  let held: Buffer[] = [];
  const letGo = () => {
    response.write(Buffer.concat(held));
    held = [];
  };
  answer.on('data', (bytes: Buffer) => {
    held.push(bytes);
    if (held.reduce((sum, { length }) => sum + length, 0) >= BUFFER_BYTES) {
      letGo();
    }
  });
  answer.on('end', () => {
    letGo();
    response.end();
  });
}
