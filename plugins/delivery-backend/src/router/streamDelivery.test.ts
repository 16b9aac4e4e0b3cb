import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import express from 'express';
import { entity } from '../__testUtils__/entity';
import {
  buildSteps,
  healthyPipeline,
  pushBuild,
} from '../__testUtils__/objects';
import { startDelivery } from '../__testUtils__/startDelivery';
import { EventReader } from './__testUtils__/EventReader';
import { OpenStreams } from './OpenStreams';
import { streamDelivery, type StreamOptions } from './streamDelivery';

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

  it('sends what is known, then each change', async () => {
    const reader = await EventReader.open(url);
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });

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

  it('is none for a client that left while it was asked whether it may', async () => {
    const streams = new OpenStreams();
    const unsubscribed = jest.fn();
    const clients: http.ClientRequest[] = [];
    const answered = new Promise<void>(resolve => {
      const app = express();
      app.get('/', (request, response) => {
        clients.forEach(client => client.destroy());
        response.once('close', () => {
          streams.opened(response);
          streamDelivery({
            entity: entity(),
            delivery: { read: () => documents, subscribe: () => unsubscribed },
            request,
            response,
            shutdown: new AbortController().signal,
            readEntity: async () => entity(),
          });
          resolve();
        });
      });
      servers.push(app.listen(0, '127.0.0.1'));
    });
    await new Promise(resolve => servers[0].once('listening', resolve));
    clients.push(
      http.get(`http://127.0.0.1:${portOf(servers[0])}`).on('error', () => {}),
    );
    await answered;
    expect(streams.count).toBe(0);
    expect(unsubscribed).toHaveBeenCalledTimes(1);
  });

  it('forgets a client that leaves', async () => {
    const { reader, unsubscribed } = await open({});
    reader.close();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(unsubscribed).toHaveBeenCalledTimes(1);
  });
});
