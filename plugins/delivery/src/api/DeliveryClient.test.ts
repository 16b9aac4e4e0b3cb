import { fixture } from '../__fixtures__';
import { DeliveryClient } from './DeliveryClient';

const entityRef = 'component:default/checkout';
const delivery = fixture('healthy-dev');

function clientWith(response: Response) {
  const fetch = jest.fn().mockResolvedValue(response);
  return { client: new DeliveryClient({ fetchApi: { fetch } }), fetch };
}

function json(status: number, body: unknown) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function stream(text: string, type = 'text/event-stream; charset=utf-8') {
  return new Response(text, { headers: { 'content-type': type } });
}

async function all<T>(events: AsyncGenerator<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) {
    list.push(event);
  }
  return list;
}

describe('DeliveryClient.readDelivery', () => {
  it('asks the route of the entity and gives the document', async () => {
    const { client, fetch } = clientWith(json(200, delivery));
    await expect(client.readDelivery({ entityRef })).resolves.toEqual({
      changed: true,
      delivery,
    });
    expect(fetch).toHaveBeenCalledWith(
      'plugin://delivery/v1/entities/component/default/checkout/delivery',
      { headers: {}, signal: undefined },
    );
  });

  it('sends the revision that it has and understands "not modified"', async () => {
    const { client, fetch } = clientWith(new Response(null, { status: 304 }));
    const request = { entityRef, revision: 'r7' };
    await expect(client.readDelivery(request)).resolves.toEqual({
      changed: false,
    });
    expect(fetch.mock.calls[0][1].headers).toEqual({ 'If-None-Match': '"r7"' });
  });

  it('passes on why the backend refuses', async () => {
    const { client } = clientWith(
      json(403, {
        error: { name: 'NotAllowedError', message: 'No' },
        request: { method: 'GET', url: '/' },
        response: { statusCode: 403 },
      }),
    );
    await expect(client.readDelivery({ entityRef })).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'NotAllowedError', message: 'No' },
    });
  });

  it('names the field that it does not understand', async () => {
    const { client } = clientWith(json(200, { ...delivery, runs: 'many' }));
    await expect(client.readDelivery({ entityRef })).rejects.toThrow(
      /frontend and backend plugin may be of different versions.*runs/s,
    );
  });
});

describe('DeliveryClient.streamDelivery', () => {
  it('yields events and resumes after the revision that it has', async () => {
    const { client, fetch } = clientWith(
      stream(
        [
          'event: current\ndata: {"revision":"r7"}',
          'event: from-the-future\ndata: {}',
          `event: delivery\nid: r8\ndata: ${JSON.stringify(delivery)}`,
          'event: end\ndata: {"reason":"expired"}\n\n',
        ].join('\n\n'),
      ),
    );
    const events = await all(
      client.streamDelivery({ entityRef, revision: 'r7' }),
    );
    expect(events.map(({ event }) => event)).toEqual([
      'current',
      'delivery',
      'end',
    ]);
    expect(fetch).toHaveBeenCalledWith(
      'plugin://delivery/v1/entities/component/default/checkout/delivery/stream',
      expect.objectContaining({
        headers: { accept: 'text/event-stream', 'Last-Event-ID': 'r7' },
      }),
    );
  });

  it.each([
    ['data that is no JSON', 'event: current\ndata: {"revision\n\n'],
    ['data of another shape', 'event: current\ndata: {"version":1}\n\n'],
  ])('refuses %s', async (_what, text) => {
    const { client } = clientWith(stream(text));
    await expect(all(client.streamDelivery({ entityRef }))).rejects.toThrow(
      /does not understand/,
    );
  });

  it('refuses the sign-in page of a proxy', async () => {
    const { client } = clientWith(stream('<html>', 'text/html'));
    await expect(all(client.streamDelivery({ entityRef }))).rejects.toThrow(
      'Expected an event stream and got text/html',
    );
  });
});
