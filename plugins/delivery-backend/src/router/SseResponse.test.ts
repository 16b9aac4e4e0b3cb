import { EventEmitter } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { SseResponse } from './SseResponse';

/** A reader that takes what is written only when told. */
class SlowResponse extends EventEmitter {
  written: string[] = [];
  slow = false;
  destroyed = false;
  ended = false;

  status = () => this;
  set = () => this;
  removeHeader = () => {};
  flushHeaders = () => {};
  write = (bytes: Buffer) => {
    this.written.push(bytes.toString());
    return !this.slow;
  };
  end = () => {
    this.ended = true;
  };
  destroy = () => {
    this.destroyed = true;
    this.emit('close');
  };
}

describe('SseResponse', () => {
  let response: SlowResponse;
  let sse: SseResponse;

  beforeEach(() => {
    jest.useFakeTimers();
    response = new SlowResponse();
    sse = SseResponse.open(response as unknown as Response);
  });

  afterEach(() => jest.useRealTimers());

  it('writes events with their id', () => {
    sse.send({ event: 'delivery', id: 'a', data: { text: 'two\nlines' } });
    expect(response.written).toEqual([
      'event: delivery\nid: a\ndata: {"text":"two\\nlines"}\n\n',
    ]);
  });

  it('keeps only the newest event for a slow reader', () => {
    response.slow = true;
    for (const data of [1, 2, 3, 4]) {
      sse.send({ event: 'delivery', data: { number: data } });
    }
    sse.heartbeat();
    expect(response.written).toHaveLength(1);

    response.slow = false;
    response.emit('drain');
    expect(response.written).toEqual([
      expect.stringContaining('{"number":1}'),
      expect.stringContaining('{"number":4}'),
    ]);
  });

  it('drops a reader that takes nothing for half a minute', () => {
    response.slow = true;
    sse.send({ event: 'delivery', data: {} });
    jest.advanceTimersByTime(29_999);
    expect(response.destroyed).toBe(false);
    jest.advanceTimersByTime(1);
    expect(response.destroyed).toBe(true);
    sse.send({ event: 'delivery', data: {} });
    expect(response.written).toHaveLength(1);
  });

  it('says why it ends, once', () => {
    sse.end({ event: 'end', data: { reason: 'expired' } });
    sse.end({ event: 'end', data: { reason: 'gone' } });
    sse.send({ event: 'delivery', data: {} });
    expect(response.written).toEqual([
      'event: end\ndata: {"reason":"expired"}\n\n',
    ]);
    expect(response.ended).toBe(true);
  });
});

it('holds little for a reader that stops reading, and then tells the newest', async () => {
  const LAST = 2_000;
  let response: Response | undefined;
  let sse: SseResponse | undefined;
  const server = express()
    .get('/', (_request, opened) => {
      response = opened;
      sse = SseResponse.open(opened);
    })
    .listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const reader = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get({ port, agent: false }, resolve).on('error', reject);
  });

  let mostHeld = 0;
  for (let number = 1; number <= LAST; number += 1) {
    sse?.send({
      event: 'delivery',
      data: { number, text: 'x'.repeat(20_000) },
    });
    mostHeld = Math.max(mostHeld, response?.writableLength ?? 0);
    await new Promise(resolve => setImmediate(resolve));
  }
  // 40 MB were sent; besides what the sockets of the system take, one event is held.
  expect(mostHeld).toBeLessThan(100_000);

  const numbers: number[] = [];
  let text = '';
  for await (const bytes of reader) {
    text += bytes;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    blocks.forEach(block =>
      numbers.push(Number(/"number":(\d+)/.exec(block)?.[1])),
    );
    if (numbers.at(-1) === LAST) {
      break;
    }
  }
  expect(numbers.at(-1)).toBe(LAST);
  expect(numbers.length).toBeLessThan(LAST);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  server.close();
  server.closeAllConnections();
});
