import { readServerSentEvents } from './eventStream';
import type { ServerSentEvent } from './eventStream';

function bodyOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      chunks.forEach(chunk => controller.enqueue(chunk));
      controller.close();
    },
  });
}

async function eventsOf(body: ReadableStream<Uint8Array>) {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(body, { idleMs: 1_000 })) {
    events.push(event);
  }
  return events;
}

const text = (value: string) => new TextEncoder().encode(value);

describe('readServerSentEvents', () => {
  const stream =
    ': hello\n\nevent: delivery\nid: 7\ndata: {"a":\ndata: "ü"}\n\ndata\n\nevent:current\r\ndata:x\r\n\r\ndata: never finished';

  it('reads events, joins lines of data and passes over comments', async () => {
    await expect(eventsOf(bodyOf(text(stream)))).resolves.toEqual([
      { event: 'delivery', id: '7', data: '{"a":\n"ü"}' },
      { event: 'message', id: undefined, data: '' },
      { event: 'current', id: undefined, data: 'x' },
    ]);
  });

  it('reads the same however the network cuts it', async () => {
    const bytes = Array.from(text(stream), byte => Uint8Array.of(byte));
    await expect(eventsOf(bodyOf(...bytes))).resolves.toEqual(
      await eventsOf(bodyOf(text(stream))),
    );
  });

  it('gives up on a connection that has gone silent, and lets it go', async () => {
    const cancel = jest.fn();
    const body = new ReadableStream<Uint8Array>({ cancel });
    const reading = readServerSentEvents(body, { idleMs: 20 }).next();
    await expect(reading).rejects.toThrow('Nothing came for 0.02 seconds');
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it('lets the connection go when its reader stops', async () => {
    const cancel = jest.fn();
    const body = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(text('data: 1\n\n')),
      cancel,
    });
    for await (const event of readServerSentEvents(body, { idleMs: 1_000 })) {
      expect(event.data).toBe('1');
      break;
    }
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});
