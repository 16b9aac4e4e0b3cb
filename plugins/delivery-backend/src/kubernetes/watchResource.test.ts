import { Readable } from 'node:stream';
import { KubeTransport } from './KubeTransport';
import { lines } from './lines';
import { parseEvent, watchResource, WatchEvent } from './watchResource';
import { ManualClock } from './__testing__/clocks';

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) {
    all.push(event);
  }
  return all;
}

describe('lines', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [
      ['a', 'b\nc', 'd\n\ne', '\n'],
      ['ab', 'cd', '', 'e'],
    ],
    [['a\nhalf'], ['a']],
    [[], []],
  ])('of %j', async (pieces, expected) => {
    expect(await collect(lines(Readable.from(pieces)))).toEqual(expected);
  });

  it('gives up a line without end', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    const endless = Readable.from(Array.from({ length: 40 }, () => piece));
    await expect(collect(lines(endless))).rejects.toMatchObject({
      failure: 'protocol',
    });
  });
});

describe('parseEvent', () => {
  const object = { metadata: { resourceVersion: '1' } };

  it('reads events', () => {
    for (const type of ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']) {
      expect(parseEvent(JSON.stringify({ type, object }))).toEqual({
        type,
        object,
      });
    }
  });

  it('reads the Status of an error', () => {
    const status = { code: 410, reason: 'Expired', message: 'too old' };
    expect(
      parseEvent(JSON.stringify({ type: 'ERROR', object: status })),
    ).toMatchObject({
      type: 'ERROR',
      error: {
        failure: 'status',
        status: 410,
        reason: 'Expired',
        message: 'API server answers 410: too old',
      },
    });
  });

  it.each([
    ['{"type":"ADDED"', 'event of the API server is not JSON'],
    ['null', 'event of the API server has no resourceVersion'],
    ['{"type":"ADDED"}', 'event of the API server has no resourceVersion'],
    [
      JSON.stringify({ type: 'RENAMED', object }),
      'event of the API server is of an unknown type',
    ],
    [JSON.stringify({ type: 'ERROR' }), 'API server answers 500'],
  ])('of %s is an error, not an exception', (line, message) => {
    expect(parseEvent(line)).toMatchObject({
      type: 'ERROR',
      error: { message },
    });
  });
});

describe('watchResource', () => {
  const line = (resourceVersion: string) =>
    `${JSON.stringify({
      type: 'ADDED',
      object: { metadata: { resourceVersion } },
    })}\n`;

  /** A transport that hands out this stream, and ends it as the real one does. */
  function transportOf(stream: Readable): KubeTransport {
    return {
      get: async () => ({}),
      stream: async (_, { signal }) => {
        signal.addEventListener('abort', () =>
          stream.destroy(new Error('aborted')),
        );
        return stream;
      },
      close: () => {},
    };
  }

  it('ends quietly when the server ends, and when the signal aborts', async () => {
    const options = { clock: new ManualClock(), path: '/' };
    const ended = await collect(
      watchResource({
        ...options,
        transport: transportOf(Readable.from([line('1')])),
        signal: new AbortController().signal,
      }),
    );
    expect(ended).toHaveLength(1);

    const abort = new AbortController();
    const open = new Readable({ read() {} });
    open.push(line('1'));
    const seen: WatchEvent[] = [];
    for await (const event of watchResource({
      ...options,
      transport: transportOf(open),
      signal: abort.signal,
    })) {
      seen.push(event);
      abort.abort();
    }
    expect(seen).toHaveLength(1);
    expect(open.destroyed).toBe(true);
    expect(options.clock.pending).toEqual([]);
  });

  it('counts whole events as life, not drops of one', async () => {
    const clock = new ManualClock();
    const slow = new Readable({ read() {} });
    slow.setEncoding('utf8');
    const events = collect(
      watchResource({
        clock,
        path: '/',
        transport: transportOf(slow),
        signal: new AbortController().signal,
        idleMs: () => 60_000,
      }),
    );
    slow.push(line('1'));
    for (let second = 0; second < 60; second += 10) {
      await new Promise(resolve => setImmediate(resolve));
      slow.push('{');
      clock.advance(10_000);
    }
    expect(await events).toMatchObject([
      { type: 'ADDED' },
      { type: 'ERROR', error: { failure: 'timeout' } },
    ]);
  });

  it('leaves no request behind when its reader leaves', async () => {
    const open = new Readable({ read() {} });
    open.push(line('1'));
    for await (const event of watchResource({
      clock: new ManualClock(),
      path: '/',
      transport: transportOf(open),
      signal: new AbortController().signal,
    })) {
      expect(event.type).toBe('ADDED');
      break;
    }
    expect(open.destroyed).toBe(true);
  });
});
