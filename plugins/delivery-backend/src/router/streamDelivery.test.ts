import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  deliveryStreamEventSchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import express from 'express';
import { entity } from '../__testUtils__/entity';
import {
  buildSteps,
  healthyPipeline,
  pushBuild,
} from '../__testUtils__/objects';
import { startDelivery } from '../__testUtils__/startDelivery';
import { streamDelivery, type StreamOptions } from './streamDelivery';

/** Reads server-sent events one after the other. */
class EventReader {
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

const portOf = (server: http.Server) => (server.address() as AddressInfo).port;

describe('the stream in a backend', () => {
  let backend: Awaited<ReturnType<typeof startDelivery>>;
  let url: string;

  beforeEach(async () => {
    backend = await startDelivery([entity()], healthyPipeline());
    const { port } = backend.server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/api/delivery/v1/entities/component/default/checkout/delivery/stream`;
  });

  afterEach(() => backend.stop());

  it('sends what is known, then each change, uncompressed and at once', async () => {
    const reader = await EventReader.open(url, { 'Accept-Encoding': 'gzip' });
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(reader.response.headers['content-encoding']).toBeUndefined();

    const first = await reader.event();
    expect(first).toMatchObject({
      event: 'delivery',
      data: { summary: { status: 'succeeded' } },
    });
    expect(first.id).toBe((first.data as Delivery).revision);

    const next = '7'.repeat(40);
    backend.cluster.put(
      pushBuild(next, 'Running', buildSteps('checkout-code'), {
        creationTimestamp: '2026-11-24T07:00:00Z',
      }),
    );
    const second = await reader.event();
    expect(second).toMatchObject({
      event: 'delivery',
      data: { runs: [{ commit: next, status: 'running' }, {}, {}, {}] },
    });
    expect(second.id).not.toBe(first.id);
    reader.close();
  });

  it('sends nothing again to a client that comes back with the newest revision', async () => {
    const reader = await EventReader.open(url);
    const { id } = await reader.event();
    reader.close();

    const again = await EventReader.open(url, { 'Last-Event-ID': id });
    expect(await again.event()).toMatchObject({
      event: 'current',
      data: { revision: id },
    });
    again.close();

    const old = await EventReader.open(url, { 'Last-Event-ID': 'older' });
    expect(await old.event()).toMatchObject({ event: 'delivery', id });
    old.close();
  });

  it('ends when the plugin shuts down', async () => {
    const reader = await EventReader.open(url);
    await reader.event();
    const stopped = backend.stop();
    expect(await reader.event()).toMatchObject({
      event: 'end',
      data: { reason: 'shutdown' },
    });
    expect(await reader.block()).toBeUndefined();
    await stopped;
  });
});

describe('an open stream', () => {
  const servers: http.Server[] = [];
  const documents = { revision: 'one' } as Delivery;

  afterEach(() => servers.splice(0).forEach(server => server.close()));

  async function open(options: Partial<StreamOptions>) {
    const unsubscribed = jest.fn();
    const delivery = {
      read: jest.fn((_entity: Entity) => documents),
      subscribe: jest.fn(
        (_entity: Entity, _listener: (document: Delivery) => void) =>
          unsubscribed as () => void,
      ),
    } satisfies StreamOptions['delivery'];
    const app = express();
    app.get('/', (request, response) =>
      streamDelivery({
        entity: entity(),
        delivery,
        request,
        response,
        shutdown: new AbortController().signal,
        readEntity: async () => entity(),
        times: { heartbeatMs: 10, reauthoriseMs: 10 },
        ...options,
      }),
    );
    const server = app.listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise(resolve => server.once('listening', resolve));
    const reader = await EventReader.open(`http://127.0.0.1:${portOf(server)}`);
    expect(await reader.block()).toContain('event: delivery');
    return { reader, delivery, unsubscribed };
  }

  const endOf = async (reader: EventReader) => {
    let block = await reader.block();
    while (block?.startsWith(':')) {
      block = await reader.block();
    }
    expect(await reader.block()).toBeUndefined();
    return /"reason":"(.*?)"/.exec(block ?? '')?.[1];
  };

  it.each([
    ['forbidden', new NotAllowedError('no longer')],
    ['gone', new NotFoundError('deleted')],
    ['expired', new AuthenticationError('token is too old')],
    ['expired', new Error('catalog does not answer')],
  ])('ends as %s after %s', async (reason, error) => {
    const { reader, unsubscribed } = await open({
      readEntity: jest.fn().mockRejectedValue(error),
    });
    expect(await endOf(reader)).toBe(reason);
    expect(unsubscribed).toHaveBeenCalledTimes(1);
  });

  it('ends when the token does', async () => {
    const { reader } = await open({ expiresAt: new Date(Date.now() + 40) });
    expect(await endOf(reader)).toBe('expired');
  });

  it('stays open while it is allowed, and shows signs of life', async () => {
    const readEntity = jest.fn(async () => entity());
    const { reader, delivery } = await open({ readEntity });
    expect(await reader.block()).toBe(': alive');
    expect(await reader.block()).toBe(': alive');
    expect(readEntity).toHaveBeenCalled();
    expect(delivery.subscribe).toHaveBeenCalledTimes(1);
    reader.close();
  });

  it('follows an entity whose annotations changed', async () => {
    const moved = entity({ 'kro.run/instance-name': 'moved' });
    const { reader, delivery, unsubscribed } = await open({
      readEntity: async () => moved,
    });
    delivery.read.mockReturnValue({ revision: 'two' } as Delivery);
    let block = await reader.block();
    while (block?.startsWith(':')) {
      block = await reader.block();
    }
    expect(block).toContain('id: two');
    expect(unsubscribed).toHaveBeenCalledTimes(1);
    expect(delivery.subscribe).toHaveBeenLastCalledWith(
      moved,
      expect.any(Function),
    );
    reader.close();
  });

  it('forgets a client that leaves', async () => {
    const { reader, unsubscribed } = await open({});
    reader.close();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(unsubscribed).toHaveBeenCalledTimes(1);
  });
});
