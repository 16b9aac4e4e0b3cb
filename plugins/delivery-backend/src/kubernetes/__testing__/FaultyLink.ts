import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { LinkRequest, readRequest } from './LinkRequest';

/** What a link does to exchanges instead of passing them on. */
export interface LinkFault {
  /** Answers in place of the API server, or leaves it unanswered. */
  answer?(response: http.ServerResponse): void;
  /** Deals with each piece of the API server's answer instead of handing it over. */
  relay?(piece: Buffer, exchange: Exchange): Promise<void>;
}

/** One answer on its way to whoever asked. */
export interface Exchange {
  /** Hands a piece over; resolves when it is on its way. */
  send(piece: Buffer): Promise<void>;
  /** Breaks the connection under it (TCP RST). */
  reset(): void;
  /** Resolves when whoever asked has given up. */
  abandoned: Promise<void>;
}

/** A fault while it lasts. */
export interface Imposed {
  /** What it was done to, so far. */
  readonly hits: readonly LinkRequest[];
  lift(): void;
}

interface Rule extends Imposed {
  readonly hits: LinkRequest[];
  concerns(request: LinkRequest): boolean;
  readonly fault: LinkFault;
}

/**
 * The way to a real API server, with its certificate: passes requests on, keeps count
 * of them, and can be cut or told to fail those that a test chooses.
 */
export class FaultyLink {
  /** Everything that was asked, in order. */
  readonly requests: LinkRequest[] = [];
  readonly #server: net.Server;
  /** By the port of the other end, under the TLS that hides them. */
  readonly #sockets = new Map<number, net.Socket>();
  readonly #rules = new Set<Rule>();
  #isCut = false;

  private constructor(
    private readonly target: URL,
    private readonly tls: { cert: Buffer; key: Buffer },
  ) {
    const front = https.createServer(tls, (request, response) =>
      this.#pass(request, response),
    );
    front.on('tlsClientError', () => {});
    this.#server = net.createServer(socket => {
      if (this.#isCut) {
        socket.resetAndDestroy();
        return;
      }
      const port = socket.remotePort!;
      this.#sockets.set(port, socket);
      socket.setNoDelay(true);
      socket.on('close', () => this.#sockets.delete(port));
      socket.on('error', () => {});
      front.emit('connection', socket);
    });
  }

  /**
   * @param access - folder with the certificate and the key of the API server
   */
  static async to(target: URL, access: string): Promise<FaultyLink> {
    const [cert, key] = await Promise.all(
      ['server.crt', 'server.key'].map(name =>
        readFile(path.join(access, name)),
      ),
    );
    const link = new FaultyLink(target, { cert, key });
    await new Promise<void>(resolve => {
      link.#server.listen(0, '127.0.0.1', resolve);
    });
    return link;
  }

  get url(): string {
    const { port } = this.#server.address() as net.AddressInfo;
    return `https://127.0.0.1:${port}`;
  }

  /** Does this to every exchange that it concerns, also to answers that are under way. */
  impose(
    fault: LinkFault,
    concerns: (request: LinkRequest) => boolean = () => true,
  ): Imposed {
    const rule: Rule = {
      fault,
      concerns,
      hits: [],
      lift: () => this.#rules.delete(rule),
    };
    this.#rules.add(rule);
    return rule;
  }

  /** Breaks what is open. */
  break(): void {
    this.#sockets.forEach(socket => socket.resetAndDestroy());
  }

  /** Breaks what is open and refuses what comes. */
  cut(): void {
    this.#isCut = true;
    this.break();
  }

  /** As good as new. */
  mend(): void {
    this.#isCut = false;
    this.#rules.clear();
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  #ruleFor(
    request: LinkRequest,
    kind: keyof LinkFault,
  ): Required<LinkFault> | undefined {
    for (const rule of this.#rules) {
      if (rule.fault[kind] && rule.concerns(request)) {
        if (!rule.hits.includes(request)) {
          rule.hits.push(request);
        }
        return rule.fault as Required<LinkFault>;
      }
    }
    return undefined;
  }

  #pass(incoming: http.IncomingMessage, response: http.ServerResponse): void {
    const request = readRequest(incoming.url!);
    this.requests.push(request);
    const fault = this.#ruleFor(request, 'answer');
    if (fault) {
      request.isAnswered = true;
      fault.answer(response);
      return;
    }
    const socket = this.#sockets.get(incoming.socket.remotePort!);
    const reset = () => socket?.resetAndDestroy();
    const outgoing = https.request(
      new URL(incoming.url!, this.target),
      {
        // No connection is kept: whether one is stale is up to the watcher's end only.
        agent: false,
        ca: this.tls.cert,
        headers: { ...incoming.headers, host: this.target.host },
      },
      answer => {
        response.writeHead(answer.statusCode!, answer.headers);
        response.flushHeaders();
        request.isAnswered = true;
        request.isLive =
          request.purpose === 'watch' && answer.statusCode === 200;
        this.#relay(request, answer, response, reset).catch(reset);
      },
    );
    outgoing.on('error', reset);
    response.on('close', () => {
      request.isAnswered = true;
      outgoing.destroy();
    });
    outgoing.end();
  }

  async #relay(
    request: LinkRequest,
    answer: http.IncomingMessage,
    response: http.ServerResponse,
    reset: () => void,
  ): Promise<void> {
    const exchange: Exchange = {
      reset,
      send: piece =>
        new Promise(resolve => response.write(piece, () => resolve())),
      abandoned: new Promise(resolve => response.once('close', resolve)),
    };
    for await (const piece of answer) {
      const fault = this.#ruleFor(request, 'relay');
      await (fault ? fault.relay(piece, exchange) : exchange.send(piece));
      request.isLive ||= piece.includes('k8s.io/initial-events-end');
      if (response.destroyed) {
        return;
      }
    }
    response.end();
  }
}
