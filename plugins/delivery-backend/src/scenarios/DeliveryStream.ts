import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';

/** One document, and when it came, in milliseconds of `performance.now()`. */
export interface SeenDelivery {
  at: number;
  delivery: Delivery;
}

/** Reads the event stream of an entity and keeps every document that it told. */
export class DeliveryStream {
  readonly seen: SeenDelivery[] = [];
  readonly #abort = new AbortController();
  #told = signal();
  #ended?: unknown;

  private constructor() {}

  static async open(url: string): Promise<DeliveryStream> {
    const stream = new DeliveryStream();
    const response = await fetch(url, { signal: stream.#abort.signal });
    if (!response.ok || !response.body) {
      throw new Error(`${url}: ${response.status} ${await response.text()}`);
    }
    void stream.#read(response.body).catch(error => {
      stream.#ended = error;
      stream.#told.resolve();
    });
    return stream;
  }

  /** What was told last. */
  get last(): Delivery | undefined {
    return this.seen.at(-1)?.delivery;
  }

  /**
   * The first document that is so, of those that come; the newest counts as well.
   *
   * @param from - position in `seen` of the first document that counts
   */
  async until(
    what: string,
    isSo: (delivery: Delivery) => unknown,
    seconds: number,
    from = Math.max(0, this.seen.length - 1),
  ): Promise<SeenDelivery> {
    const timeout = AbortSignal.timeout(seconds * 1_000);
    const late = new Promise<void>(resolve => {
      timeout.addEventListener('abort', () => resolve(), { once: true });
    });
    for (let next = from; ; ) {
      const told = this.#told.promise;
      for (; next < this.seen.length; next += 1) {
        if (isSo(this.seen[next].delivery)) {
          return this.seen[next];
        }
      }
      if (this.#ended || timeout.aborted) {
        throw new Error(
          `${what}: ${
            this.#ended ? `the stream ended (${this.#ended})` : `${seconds} s`
          }; it was ${describe(this.last)}`,
        );
      }
      await Promise.race([told, late]);
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(body: NonNullable<Response['body']>): Promise<void> {
    let rest = '';
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      const at = performance.now();
      const events = (rest + piece).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: delivery$[^]*^data: (.*)$/m.exec(event)?.[1];
        if (data) {
          const delivery = deliverySchema.parse(JSON.parse(data));
          this.seen.push({ at, delivery });
        }
      }
      const told = this.#told;
      this.#told = signal();
      told.resolve();
    }
    throw new Error('it was closed');
  }
}

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

function describe(delivery?: Delivery): string {
  const stages = delivery?.stages.map(
    ({ id, status, sentence }) => `${id} ${status}: ${sentence.text}`,
  );
  const runs = delivery?.runs.map(({ name, phase }) => `${name} ${phase}`);
  return JSON.stringify({ stages, runs }, undefined, 1);
}
