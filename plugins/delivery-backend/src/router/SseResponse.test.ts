import { EventEmitter } from 'node:events';
import type { Response } from 'express';
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
