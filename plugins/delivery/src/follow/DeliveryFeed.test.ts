import { NotAllowedError } from '@backstage/errors';
import type { DeliveryStreamEvent } from '@golden-path/plugin-delivery-common';
import { fixture } from '../__fixtures__';
import type { DeliveryRequest } from '../api';
import { DeliveryFeed } from './DeliveryFeed';
import type { DeliveryView } from './view';

const entityRef = 'component:default/checkout';
const first = fixture('first-build');
const second = fixture('healthy-dev');

type Send = (event: DeliveryStreamEvent | 'close' | Error) => void;

/** A backend whose streams are held in the test's hands. */
class FakeBackend {
  readonly streams: Array<{ request: DeliveryRequest; send: Send }> = [];
  readonly reads: DeliveryRequest[] = [];
  streamFails: Error | undefined;
  readFails: Error | undefined;
  /** What the token is waited for, as long as Backstage asks the user to sign in again. */
  signIn: Promise<void> | undefined;
  current = first;

  async readDelivery(request: DeliveryRequest) {
    this.reads.push(request);
    if (this.readFails) {
      throw this.readFails;
    }
    return request.revision === this.current.revision
      ? ({ changed: false } as const)
      : ({ changed: true, delivery: this.current } as const);
  }

  async *streamDelivery(
    request: DeliveryRequest,
  ): AsyncGenerator<DeliveryStreamEvent> {
    const queue: Array<DeliveryStreamEvent | 'close' | Error> = [];
    const waiting: Array<() => void> = [];
    const send: Send = event => {
      queue.push(event);
      waiting.splice(0).forEach(wake => wake());
    };
    this.streams.push({ request, send });
    await this.signIn;
    if (this.streamFails) {
      throw this.streamFails;
    }
    request.signal?.addEventListener('abort', () => send(new Error('aborted')));
    for (;;) {
      while (queue.length === 0) {
        await new Promise<void>(resolve => waiting.push(resolve));
      }
      const event = queue.shift()!;
      if (event === 'close') {
        return;
      }
      if (event instanceof Error) {
        throw event;
      }
      yield event;
    }
  }

  get open() {
    return this.streams.filter(({ request }) => !request.signal!.aborted);
  }
}

function setHidden(hidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    get: () => hidden,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

const settle = (milliseconds = 0) =>
  jest.advanceTimersByTimeAsync(milliseconds);

describe('DeliveryFeed', () => {
  let backend: FakeBackend;
  let feed: DeliveryFeed;
  let seen: DeliveryView[];
  let unsubscribe: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    setHidden(false);
    backend = new FakeBackend();
    feed = new DeliveryFeed({ api: backend, entityRef });
    seen = [];
  });

  afterEach(async () => {
    unsubscribe();
    await settle(10_000);
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  async function follow() {
    unsubscribe = feed.subscribe(() => seen.push(feed.getView()));
    await settle();
  }

  async function followLive() {
    await follow();
    backend.streams[0].send({ event: 'delivery', data: first });
    await settle();
  }

  it('opens one stream for all, shows what comes, and calls it live', async () => {
    await followLive();
    const also = feed.subscribe(() => {});
    expect(backend.streams).toHaveLength(1);
    expect(backend.reads).toHaveLength(0);
    expect(feed.getView()).toEqual({
      state: 'ready',
      delivery: first,
      connection: { state: 'live' },
    });

    backend.streams[0].send({ event: 'delivery', data: second });
    await settle();
    expect(feed.getView()).toMatchObject({ delivery: second });
    also();
  });

  it('says nothing new when nothing is', async () => {
    await followLive();
    const before = seen.length;
    backend.streams[0].send({
      event: 'delivery',
      data: JSON.parse(JSON.stringify(first)),
    });
    await settle();
    expect(seen).toHaveLength(before);
  });

  it('costs nothing while hidden, and resumes with one request when seen again', async () => {
    await followLive();
    setHidden(true);
    await settle(60_000);
    expect(backend.open).toHaveLength(0);
    expect(backend.streams).toHaveLength(1);
    expect(backend.reads).toHaveLength(0);
    expect(feed.getView().connection.state).toBe('paused');

    setHidden(false);
    await settle();
    expect(backend.reads).toHaveLength(0);
    expect(backend.open).toHaveLength(1);
    expect(backend.open[0].request.revision).toBe(first.revision);
    expect(feed.getView().connection.state).toBe('paused');
    backend.open[0].send({
      event: 'current',
      data: { revision: first.revision },
    });
    await settle();
    expect(feed.getView()).toMatchObject({
      delivery: first,
      connection: { state: 'live' },
    });
  });

  it('does not even start while hidden', async () => {
    setHidden(true);
    await follow();
    await settle(60_000);
    expect(backend.streams).toHaveLength(0);
    setHidden(false);
    await settle();
    expect(backend.streams).toHaveLength(1);
  });

  it('comes back at once with a new token when the old one expires', async () => {
    await followLive();
    await settle(3_600_000);
    backend.streams[0].send({ event: 'end', data: { reason: 'expired' } });
    await settle();
    expect(backend.streams).toHaveLength(2);
    expect(backend.streams[1].request.revision).toBe(first.revision);
    expect(feed.getView().connection.state).toBe('live');
  });

  it('does not call live what waits for the user to sign in again', async () => {
    await followLive();
    await settle(3_600_000);
    let refuse = (_: Error) => {};
    backend.signIn = new Promise((_resolve, reject) => {
      refuse = reject;
    });
    const endedAt = new Date().toISOString();
    backend.streams[0].send({ event: 'end', data: { reason: 'expired' } });
    await settle(7_999);
    expect(feed.getView().connection.state).toBe('live');
    await settle(1);
    expect(feed.getView()).toMatchObject({
      state: 'ready',
      connection: { state: 'reconnecting', since: endedAt },
    });

    // As `OAuthRequestManager` of Backstage does: each question opens its dialog again.
    const rejected = new Error('Login failed, rejected by user');
    rejected.name = 'RejectedError';
    refuse(rejected);
    await settle(600_000);
    expect(feed.getView()).toMatchObject({
      state: 'error',
      failure: { reason: 'signed-out', message: rejected.message },
    });
    expect(backend.streams).toHaveLength(2);
    expect(backend.reads).toHaveLength(0);
  });

  it('does not storm a backend that calls every token expired', async () => {
    await followLive();
    for (let i = 0; i < 50; i++) {
      backend.open.forEach(({ send }) =>
        send({ event: 'end', data: { reason: 'expired' } }),
      );
      await settle(20);
    }
    expect(backend.streams.length).toBeLessThan(6);
  });

  it('keeps showing what it has while it reconnects, and says since when', async () => {
    await followLive();
    await settle(60_000);
    backend.readFails = new Error('Failed to fetch');
    backend.streams[0].send(new Error('network'));
    const lostAt = new Date().toISOString();
    await settle();
    expect(feed.getView()).toMatchObject({
      state: 'ready',
      delivery: first,
      connection: { state: 'reconnecting', since: lostAt },
    });
    await settle(500);
    expect(backend.streams).toHaveLength(2);
    backend.streams[1].send({ event: 'delivery', data: second });
    await settle();
    expect(feed.getView()).toMatchObject({
      delivery: second,
      connection: { state: 'live' },
    });
  });

  it('waits longer and longer for a backend that is away', async () => {
    backend.streamFails = new Error('Failed to fetch');
    backend.readFails = new Error('Failed to fetch');
    await follow();
    expect(feed.getView()).toMatchObject({
      state: 'error',
      failure: { reason: 'unavailable', message: 'Failed to fetch' },
    });
    await settle(600_000);
    // 30 seconds at most, half of it on average: 40 times in ten minutes.
    expect(backend.reads.length).toBeGreaterThan(20);
    expect(backend.reads.length).toBeLessThan(100);

    backend.streamFails = undefined;
    backend.readFails = undefined;
    for (let i = 0; i < 90 && backend.open.length === 0; i++) {
      await settle(1_000);
    }
    backend.open[0].send({ event: 'delivery', data: first });
    await settle();
    expect(feed.getView()).toMatchObject({
      state: 'ready',
      connection: { state: 'live' },
    });
  });

  it('asks every ten seconds where streams cannot be had, and tries them now and then', async () => {
    backend.streamFails = new Error('Failed to fetch');
    await follow();
    await settle(2_000);
    expect(feed.getView()).toMatchObject({
      state: 'ready',
      delivery: first,
      connection: { state: 'polling' },
    });
    const reads = backend.reads.length;
    const streams = backend.streams.length;
    backend.current = second;
    await settle(60_000);
    expect(backend.reads.length - reads).toBe(6);
    expect(backend.streams.length - streams).toBe(1);
    expect(backend.reads.at(-1)!.revision).toBe(second.revision);
    expect(feed.getView()).toMatchObject({ delivery: second });

    setHidden(true);
    await settle(600_000);
    const hidden = backend.reads.length;
    await settle(600_000);
    expect(backend.reads).toHaveLength(hidden);
  });

  it('asks when a proxy holds the stream back', async () => {
    await follow();
    await settle(7_999);
    expect(feed.getView().state).toBe('loading');
    await settle(1);
    expect(feed.getView()).toMatchObject({ state: 'ready', delivery: first });
  });

  it('stops where the user is refused, until asked to try again', async () => {
    const refusal = new NotAllowedError('No');
    backend.streamFails = refusal;
    await follow();
    expect(feed.getView()).toMatchObject({
      state: 'error',
      failure: { reason: 'forbidden', message: 'No' },
    });
    await settle(600_000);
    expect(backend.streams).toHaveLength(1);
    expect(backend.reads).toHaveLength(0);

    backend.streamFails = undefined;
    feed.retry();
    expect(feed.getView().state).toBe('loading');
    await settle();
    backend.open[0].send({ event: 'delivery', data: first });
    await settle();
    expect(feed.getView().state).toBe('ready');
  });

  it('takes away what is no longer allowed, with the reason of the backend', async () => {
    await followLive();
    backend.readFails = new NotAllowedError('Access was withdrawn');
    backend.streams[0].send({ event: 'end', data: { reason: 'forbidden' } });
    await settle();
    expect(feed.getView()).toMatchObject({
      state: 'error',
      failure: { reason: 'forbidden', message: 'Access was withdrawn' },
    });
  });

  it('has begun before anybody looks, for those who look soon', async () => {
    feed.startAhead();
    feed.startAhead();
    await settle();
    expect(backend.streams).toHaveLength(1);
    backend.streams[0].send({ event: 'delivery', data: first });
    await settle(10_000);
    expect(feed.getView()).toMatchObject({ state: 'ready', delivery: first });
    await follow();
    await settle(60_000);
    expect(backend.streams).toHaveLength(1);
    expect(backend.open).toHaveLength(1);
  });

  it('ends where nobody came for what was begun ahead', async () => {
    const onStop = jest.fn();
    feed = new DeliveryFeed({ api: backend, entityRef, onStop });
    feed.startAhead();
    await settle(14_900);
    expect(backend.open).toHaveLength(1);
    expect(onStop).not.toHaveBeenCalled();
    await settle(100);
    expect(backend.open).toHaveLength(0);
    expect(onStop).toHaveBeenCalledTimes(1);
    unsubscribe = () => {};
  });

  it('outlives the way from one component to the next, not more', async () => {
    await followLive();
    unsubscribe();
    await settle(2_900);
    expect(backend.open).toHaveLength(1);
    unsubscribe = feed.subscribe(() => {});
    await settle(10_000);
    expect(backend.open).toHaveLength(1);
    unsubscribe();
    await settle(2_900);
    expect(backend.open).toHaveLength(1);
    await settle(100);
    expect(backend.open).toHaveLength(0);
  });
});
