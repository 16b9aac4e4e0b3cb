import type { Response } from 'express';

/** One event as it goes over the wire. */
export interface SseEvent {
  event: string;
  id?: string;
  /** Always sent as the same event, with the same id; not changed afterwards. */
  data: object;
}

/** A document that many read at once is turned into bytes once. */
const encoded = new WeakMap<object, Buffer>();

function encode({ event, id, data }: SseEvent): Buffer {
  const known = encoded.get(data);
  if (known) {
    return known;
  }
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  const bytes = Buffer.from(
    `event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`,
  );
  encoded.set(data, bytes);
  return bytes;
}

const ALIVE = Buffer.from(': alive\n\n');

/** A reader that takes nothing for this long is gone. */
export const BLOCKED_MS = 30_000;

/**
 * Writes server-sent events. For a slow reader nothing piles up: while it does not take
 * what was sent, only the newest event is kept.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class SseResponse {
  readonly #response: Response;
  #pending?: SseEvent;
  #blocked?: NodeJS.Timeout;
  #ended = false;
  /** Resolve what waits for the reader to take more. */
  #turns: Array<() => void> = [];

  static open(response: Response): SseResponse {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // `no-transform` also keeps the compression of Backstage from gathering events.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
      // The end of the stream is the end of the connection: bytes need no framing as
      // chunks then, and an event is one write to the socket.
      Connection: 'close',
    });
    response.removeHeader('Transfer-Encoding');
    response.flushHeaders();
    response.socket?.setNoDelay(true);
    return new SseResponse(response);
  }

  private constructor(response: Response) {
    this.#response = response;
    response.on('drain', () => this.#drained());
    response.on('close', () => this.#forget());
  }

  /** Sends an event; one that still waits is replaced by it. */
  send(event: SseEvent): void {
    if (this.#blocked) {
      this.#pending = event;
      return;
    }
    this.#write(encode(event));
  }

  /**
   * Sends an event that no later one replaces.
   *
   * @returns when the reader takes more, or is gone
   */
  async sendInTurn(event: SseEvent): Promise<void> {
    this.#write(encode(event));
    if (this.#blocked) {
      await new Promise<void>(resolve => this.#turns.push(resolve));
    }
  }

  /** Keeps the connection open through proxies; a blocked one needs no such sign. */
  heartbeat(): void {
    if (!this.#blocked) {
      this.#write(ALIVE);
    }
  }

  /** Sends a last event and ends the response. */
  end(event: SseEvent): void {
    if (this.#ended) {
      return;
    }
    if (this.#blocked) {
      this.#forget();
      this.#response.destroy();
      return;
    }
    this.send(event);
    this.#ended = true;
    this.#forget();
    this.#response.end();
  }

  #write(bytes: Buffer): void {
    if (this.#ended || this.#response.destroyed) {
      return;
    }
    if (!this.#response.write(bytes)) {
      this.#blocked = setTimeout(
        () => this.#response.destroy(),
        BLOCKED_MS,
      ).unref();
    }
  }

  #drained(): void {
    clearTimeout(this.#blocked);
    this.#blocked = undefined;
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending) {
      this.send(pending);
    }
    this.#goOn();
  }

  #forget(): void {
    clearTimeout(this.#blocked);
    this.#blocked = undefined;
    this.#pending = undefined;
    this.#ended ||= this.#response.destroyed;
    this.#goOn();
  }

  #goOn(): void {
    this.#turns.splice(0).forEach(resolve => resolve());
  }
}
