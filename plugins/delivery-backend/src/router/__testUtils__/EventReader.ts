import http from 'node:http';
import { deliveryStreamEventSchema } from '@golden-path/plugin-delivery-common';

/** Reads server-sent events one after the other. */
export class EventReader {
  #text = '';
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(readonly response: http.IncomingMessage) {
    this.#chunks = response[Symbol.asyncIterator]();
  }

  static async open(url: string, headers: http.OutgoingHttpHeaders = {}) {
    const response = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        http.get(url, { headers, agent: false }, resolve).on('error', reject);
      },
    );
    return new EventReader(response);
  }

  /** The next block of the stream; `undefined` at its end. */
  async block(): Promise<string | undefined> {
    while (!this.#text.includes('\n\n')) {
      const { value, done } = await this.#chunks.next();
      if (done) {
        return undefined;
      }
      this.#text += value.toString('utf8');
    }
    const end = this.#text.indexOf('\n\n');
    const block = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 2);
    return block;
  }

  async event() {
    const block = (await this.block()) ?? '';
    const field = (name: string) =>
      new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = deliveryStreamEventSchema.parse({
      event: field('event'),
      data: JSON.parse(field('data') ?? 'null'),
    });
    return { id: field('id'), ...event };
  }

  close(): void {
    this.response.destroy();
  }
}
