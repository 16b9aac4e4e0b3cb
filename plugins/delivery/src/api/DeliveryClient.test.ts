import { fixture } from '../__fixtures__';
import { fleetPage, fleetRows } from '../__fixtures__/fleet';
import { dora, pastOf } from '../__fixtures__/past';
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

describe('DeliveryClient.listDeliveries', () => {
  const list = fleetPage(fleetRows(3), { limit: 2 });

  it('asks for one page and keeps what tells it from a later one', async () => {
    const response = json(200, list);
    response.headers.set('etag', 'W/"7"');
    const { client, fetch } = clientWith(response);
    await expect(
      client.listDeliveries({
        owner: ['group:default/a', 'group:default/b'],
        search: 'shop & more',
        limit: 2,
        cursor: undefined,
      }),
    ).resolves.toEqual({ changed: true, list, etag: 'W/"7"' });
    expect(fetch).toHaveBeenCalledWith(
      'plugin://delivery/v1/deliveries?owner=group%3Adefault%2Fa&owner=group%3Adefault%2Fb&search=shop+%26+more&limit=2',
      { headers: {}, signal: undefined },
    );
  });

  it('is not sent again what it has', async () => {
    const { client, fetch } = clientWith(new Response(null, { status: 304 }));
    await expect(client.listDeliveries({ etag: 'W/"7"' })).resolves.toEqual({
      changed: false,
    });
    expect(fetch).toHaveBeenCalledWith('plugin://delivery/v1/deliveries', {
      headers: { 'If-None-Match': 'W/"7"' },
      signal: undefined,
    });
  });

  it('names the field that it does not understand', async () => {
    const { client } = clientWith(json(200, { ...list, totalItems: -1 }));
    await expect(client.listDeliveries()).rejects.toThrow(/totalItems/);
  });
});

describe('DeliveryClient.getDora', () => {
  it.each([
    [{ entityRef }, '/entities/component/default/checkout/dora'],
    [
      { owner: 'group:default/a', days: 90, parts: 12 },
      '/dora?owner=group%3Adefault%2Fa&days=90&parts=12',
    ],
    [{}, '/dora'],
    [
      { cluster: 'hub', search: 'a b', days: 7 },
      '/dora?cluster=hub&search=a+b&days=7',
    ],
  ])('reads the figures of %j', async (whose, path) => {
    const figures = dora();
    const { client, fetch } = clientWith(json(200, figures));
    await expect(client.getDora(whose)).resolves.toEqual(figures);
    expect(fetch.mock.calls[0][0]).toBe(`plugin://delivery/v1${path}`);
  });

  it('names the field that it does not understand', async () => {
    const { client } = clientWith(json(200, { ...dora(), unrestored: 'one' }));
    await expect(client.getDora({ owner: 'group:default/a' })).rejects.toThrow(
      /unrestored/,
    );
  });
});

describe('DeliveryClient.listDora', () => {
  it('reads the figures of several entities with one request', async () => {
    const list = { items: [{ entityRef, figures: dora() }] };
    const { client, fetch } = clientWith(json(200, list));
    await expect(
      client.listDora({
        entityRefs: [entityRef, 'component:default/b'],
        days: 7,
      }),
    ).resolves.toEqual(list);
    expect(fetch.mock.calls).toEqual([
      [
        'plugin://delivery/v1/dora/entities?entityRef=component%3Adefault%2Fcheckout&entityRef=component%3Adefault%2Fb&days=7',
        { signal: undefined },
      ],
    ]);
  });
});

describe('what was recorded', () => {
  const { runs, deployments } = pastOf(fixture('healthy-dev'));

  it('is read page by page, until nobody waits any more', async () => {
    const { client, fetch } = clientWith(json(200, runs));
    const { signal } = new AbortController();
    await expect(
      client.getRunHistory({ entityRef, limit: 200, cursor: 'a b', signal }),
    ).resolves.toEqual(runs);
    expect(fetch).toHaveBeenCalledWith(
      'plugin://delivery/v1/entities/component/default/checkout/history?limit=200&cursor=a+b',
      { signal },
    );
  });

  it('is read of deployments and promotions', async () => {
    const { client, fetch } = clientWith(json(200, deployments));
    await expect(client.getDeploymentHistory({ entityRef })).resolves.toEqual(
      deployments,
    );
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://delivery/v1/entities/component/default/checkout/history/deployments',
    );
  });

  it('is refused in words, and names the field that it does not understand', async () => {
    const refused = clientWith(
      json(503, {
        error: { name: 'ServiceUnavailableError', message: 'No database' },
        request: { method: 'GET', url: '/' },
        response: { statusCode: 503 },
      }),
    ).client;
    await expect(refused.getRunHistory({ entityRef })).rejects.toMatchObject({
      cause: { message: 'No database' },
    });
    const odd = clientWith(json(200, { ...deployments, last: {} })).client;
    await expect(odd.getDeploymentHistory({ entityRef })).rejects.toThrow(
      /last/,
    );
  });
});

describe('DeliveryClient.operate', () => {
  const request = { operation: 'sync', environment: 'dev' } as const;
  const outcome = {
    outcome: 'accepted',
    sentence: { code: 'operation.sync', text: 'Argo CD syncs dev.' },
  };

  it('posts what is to be done and gives what came of it', async () => {
    const { client, fetch } = clientWith(json(200, outcome));
    await expect(client.operate({ entityRef, request })).resolves.toEqual(
      outcome,
    );
    const [path, { method, body }] = fetch.mock.calls[0];
    expect(path).toBe(
      'plugin://delivery/v1/entities/component/default/checkout/delivery/operations',
    );
    expect({ method, body: JSON.parse(body) }).toEqual({
      method: 'POST',
      body: request,
    });
  });

  it('passes on why it was not done', async () => {
    const { client } = clientWith(
      json(409, {
        error: { name: 'ConflictError', message: 'Run "a" succeeded' },
        request: { method: 'POST', url: '/' },
        response: { statusCode: 409 },
      }),
    );
    await expect(client.operate({ entityRef, request })).rejects.toMatchObject({
      cause: { message: 'Run "a" succeeded' },
    });
  });
});

describe('the log of a step', () => {
  const log = { entityRef, run: 'build-1', step: 'build-1/run-tests' };
  const path =
    'plugin://delivery/v1/entities/component/default/checkout/runs/build-1/steps/build-1%2Frun-tests/logs';

  it('is followed after the last event, with the id of each', async () => {
    const { client, fetch } = clientWith(
      stream(
        [
          'id: t2\nevent: lines\ndata: {"lines":[{"text":"ok"}]}',
          'event: from-the-future\ndata: {}',
          'event: end\ndata: {"reason":"complete"}\n\n',
        ].join('\n\n'),
      ),
    );
    await expect(
      all(client.followStepLog({ ...log, after: 't1', tailLines: 50 })),
    ).resolves.toEqual([
      { event: 'lines', data: { lines: [{ text: 'ok' }] }, id: 't2' },
      { event: 'end', data: { reason: 'complete' }, id: undefined },
    ]);
    expect(fetch).toHaveBeenCalledWith(
      `${path}?follow=true&tailLines=50`,
      expect.objectContaining({
        headers: { accept: 'text/event-stream', 'Last-Event-ID': 't1' },
      }),
    );
  });

  it('is read as a text to be saved', async () => {
    const { client, fetch } = clientWith(new Response('ok\n'));
    await expect(client.readStepLog(log)).resolves.toBe('ok\n');
    expect(fetch).toHaveBeenCalledWith(
      `${path}?tailLines=10000`,
      expect.objectContaining({ headers: { accept: 'text/plain' } }),
    );
  });
});
