import { Clock } from './clock';
import { KindRef, KindState } from './types';
import { fastClock, ManualClock } from './__testing__/clocks';
import { FakeApiServer, Mode, RequestType } from './__testing__/FakeApiServer';
import { FakeResource } from './__testing__/FakeResource';
import { workflows } from './__testing__/kinds';
import { reflect, Reflected } from './__testing__/reflect';
import { until } from './__testing__/until';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

let server: FakeApiServer;
let resource: FakeResource;
const running: Reflected[] = [];

beforeEach(async () => {
  server = new FakeApiServer();
  resource = server.serve(workflows);
  await server.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map(reflected => reflected.stop()));
  await server.stop();
});

function run(clock: Clock, kind?: KindRef): Reflected {
  const reflected = reflect(server, clock, kind);
  running.push(reflected);
  return reflected;
}

function untilEqual(reflected: Reflected): Promise<void> {
  return until('equal to a list', () => reflected.equals(resource));
}

describe('with an API server that behaves', () => {
  it.each([
    ['begins the watch with the list', 'served', { list: 0, watch: 1 }],
    [
      'lists in pages, then follows the watch',
      'refused',
      { list: 3, watch: 2 },
    ],
  ] as const)('%s', async (_, streamingLists, cost) => {
    server.streamingLists = streamingLists;
    for (let number = 0; number < 1_201; number += 1) {
      resource.put({ name: `run-${number}`, namespace: 'team-shop' });
    }
    const reflected = run(fastClock(1));
    await until('live', reflected.isLive);

    expect(reflected.collection.size).toBe(1_201);
    expect(server.requests).toMatchObject({ ...cost, discovery: 2 });
    expect(reflected.reflector.state).toMatchObject({
      group: 'argoproj.io',
      kind: 'Workflow',
      version: 'v1alpha1',
      state: 'live',
    });
    const watch = new URL(server.urls.at(-1)!, server.url);
    expect(watch.pathname).toBe('/apis/argoproj.io/v1alpha1/workflows');
    expect(watch.searchParams.get('allowWatchBookmarks')).toBe('true');
    const seconds = Number(watch.searchParams.get('timeoutSeconds'));
    expect(seconds).toBeGreaterThanOrEqual(300);
    expect(seconds).toBeLessThanOrEqual(600);

    reflected.changes.length = 0;
    resource.put({ name: 'run-0', namespace: 'team-shop' });
    resource.put({ name: 'new', namespace: 'team-shop' });
    resource.delete('run-1', 'team-shop');
    await until('three changes', () => reflected.changes.length === 3);
    expect(
      reflected.changes.map(({ type, object }) => [type, object.metadata.name]),
    ).toEqual([
      ['upsert', 'run-0'],
      ['upsert', 'new'],
      ['delete', 'run-1'],
    ]);
    expect(reflected.equals(resource)).toBe(true);
    expect(server.requests).toMatchObject(cost);
    expect(reflected.reflector.counters).toMatchObject({ lists: 1, events: 3 });
    // A refusal is asked for once, and no reason to wait or to say anything.
    expect(reflected.states.map(({ state }) => state)).toEqual(['live']);
    const streams = server.urls.filter(url => url.includes('Initial'));
    expect(streams).toHaveLength(1);

    // The server that comes back after a break may be a newer one.
    const pages = () => server.urls.filter(url => url.includes('limit=500'));
    const before = pages();
    server.streamingLists = 'served';
    server.next('watch', 410);
    server.breakConnections();
    await until('listed again', () => reflected.reflector.counters.lists === 2);
    await until('live', reflected.isLive);
    expect(server.urls.filter(url => url.includes('Initial'))).toHaveLength(2);
    expect(pages()).toEqual(before);
  });

  it.each([
    ['streams', 'served'],
    ['pages', 'refused'],
  ] as const)(
    'narrows what it asks for, and keeps no content of a Secret, in %s',
    async (_, streamingLists) => {
      server.streamingLists = streamingLists;
      const secrets = server.serve({
        group: '',
        version: 'v1',
        kind: 'Secret',
        plural: 'secrets',
        namespaced: true,
      });
      const data = { token: 'c2VjcmV0' };
      secrets.put({ name: 'one', namespace: 'a', data });
      const { collection } = run(fastClock(1), {
        group: '',
        kind: 'Secret',
        namespace: 'a',
        labelSelector: 'app=shop',
        fieldSelector: 'type=Opaque',
      });
      await until('the first', () => collection.size === 1);
      await until('the watch', () => secrets.watchers.size === 1);
      // The fake server sends whole objects on a watch, whatever it is asked for.
      secrets.put({ name: 'two', namespace: 'a', data, stringData: data });
      await until('both', () => collection.size === 2);

      expect(collection.list().map(object => Object.keys(object))).toEqual([
        ['apiVersion', 'kind', 'metadata'],
        ['apiVersion', 'kind', 'metadata'],
      ]);
      const asked = server.urls
        .map(each => new URL(each, server.url))
        .filter(({ pathname }) => pathname === '/api/v1/namespaces/a/secrets');
      expect(asked).toHaveLength(streamingLists === 'served' ? 1 : 3);
      for (const { searchParams } of asked) {
        expect(searchParams.get('labelSelector')).toBe('app=shop');
        expect(searchParams.get('fieldSelector')).toBe('type=Opaque');
      }
    },
  );

  it('resumes from the last bookmark when the server closes a long watch', async () => {
    const clock = new ManualClock();
    const reflected = run(clock);
    await until('live', reflected.isLive);
    resource.bookmark();
    const next = resource.put({ name: 'a' }).metadata.resourceVersion;
    await until('the object', () => reflected.collection.size === 1);
    clock.advance(60_000);
    server.breakConnections();
    await until('the second watch', () => server.requests.watch === 2);

    expect(server.urls.at(-1)).toContain(`resourceVersion=${next}&`);
    await until('live', reflected.isLive);
    // Never stale: the watch had lasted, and its successor was accepted at once.
    expect(reflected.states.map(({ state }) => state)).toEqual(['live']);
  });
});

describe('whatever an API server does', () => {
  const faults: Array<[string, RequestType, Mode[], KindState['state']]> = [
    ['discovery breaks', 'discovery', ['reset', 'reset'], 'stale'],
    ['discovery is a page of HTML', 'discovery', ['html'], 'stale'],
    ['discovery is refused', 'discovery', [403], 'forbidden'],
    ['the list fails', 'list', [500, 503, 500], 'stale'],
    ['the list is refused', 'list', [403, 403], 'forbidden'],
    ['the list is throttled', 'list', [429, 429], 'stale'],
    ['the list breaks', 'list', ['reset', 'reset', 'reset'], 'stale'],
    ['the list is a page of HTML', 'list', ['html'], 'stale'],
    ['the list is not found for a while', 'list', [404, 404], 'stale'],
    ['the watch fails', 'watch', [500, 500], 'stale'],
    ['the watch is refused', 'watch', [403], 'forbidden'],
    ['the watch is closed at once', 'watch', ['close', 'close'], 'live'],
    ['the watch breaks inside an event', 'watch', ['half-event'], 'live'],
    ['410 as status', 'watch', [410, 410], 'syncing'],
    ['410 as event', 'watch', ['expired-event', 'expired-event'], 'syncing'],
    ['the watch is a page of HTML', 'watch', ['html'], 'live'],
    ['the stream breaks inside the list', 'watch', ['half-list'], 'stale'],
  ];
  const lists: Array<'served' | 'refused'> = ['served', 'refused'];
  const cases = lists.flatMap(streamingLists =>
    faults
      .filter(([, type, [mode]]) => {
        const only = mode === 'half-list' ? 'served' : 'refused';
        return (
          streamingLists === only || (type !== 'list' && mode !== 'half-list')
        );
      })
      .map(fault => [streamingLists, ...fault] as const),
  );

  it.each(cases)(
    'streaming lists %s; %s: says so, and recovers',
    async (streamingLists, _, type, modes, seen) => {
      server.streamingLists = streamingLists;
      resource.put({ name: 'a', namespace: 'one' });
      resource.put({ name: 'b', namespace: 'one' });
      server.next(type, ...modes);
      const reflected = run(fastClock(50));
      await until('all requests failed', () => {
        const { discovery, list, watch } = server.requests;
        return { discovery, list, watch }[type] > modes.length;
      });
      resource.put({ name: 'a', namespace: 'one' });
      resource.delete('b', 'one');
      await until('live', reflected.isLive);
      await untilEqual(reflected);

      const states = reflected.states.map(({ state }) => state);
      expect(states).toContain(seen);
      const { discovery, list, watch } = server.requests;
      expect(discovery + list + watch).toBeLessThanOrEqual(
        4 + 4 * modes.length,
      );
    },
  );

  it('changes nothing before a streaming list is complete, and takes pages when it breaks twice', async () => {
    resource.put({ name: 'goes' });
    const old = resource.put({ name: 'stays' });
    const reflected = run(fastClock(50));
    await until('live', reflected.isLive);
    await server.stop();
    resource.delete('goes');
    resource.put({ name: 'comes' });
    resource.compact();
    reflected.changes.length = 0;
    server.next('watch', 410, 'half-list', 'half-list');
    await server.start();
    await until('pages', () => server.urls.some(url => /limit=500/.test(url)));
    await untilEqual(reflected);
    await until('live', reflected.isLive);
    expect(
      reflected.changes.map(
        ({ type, object }) => `${type} ${object.metadata.name}`,
      ),
    ).toEqual(['upsert comes', 'delete goes']);
    expect(reflected.collection.get('stays')).toEqual(old);
    // Pages were for this time: the server did not say that it has no streams.
    const streams = () =>
      server.urls.filter(url => url.includes('Initial')).length;
    const before = streams();
    server.next('watch', 410);
    server.breakConnections();
    await until('another stream', () => streams() === before + 1);
  });

  it('emits what was deleted and made again while nobody watched', async () => {
    resource.put({ name: 'stays' });
    resource.put({ name: 'goes' });
    const old = resource.put({ name: 'returns' });
    const reflected = run(fastClock(50));
    await until('live', reflected.isLive);

    reflected.changes.length = 0;
    await server.stop();
    resource.delete('goes');
    resource.delete('returns');
    const fresh = resource.put({ name: 'returns' });
    resource.compact();
    await until(
      'stale',
      () => !!reflected.reflector.state.reason?.includes('ECONNREFUSED'),
    );
    expect(reflected.reflector.state.state).toBe('stale');
    await server.start();
    await until('live', reflected.isLive);
    await untilEqual(reflected);

    expect(
      reflected.changes.map(({ type, object: { metadata } }) => [
        type,
        metadata.name,
        metadata.uid,
      ]),
    ).toEqual([
      ['delete', 'returns', old.metadata.uid],
      ['upsert', 'returns', fresh.metadata.uid],
      ['delete', 'goes', expect.any(String)],
    ]);
  });

  it('loses nothing in a hundred broken connections, and lists once', async () => {
    const reflected = run(fastClock(200));
    await until('live', reflected.isLive);
    for (let number = 0; number < 100; number += 1) {
      resource.put({ name: `run-${number % 7}` });
      if (number % 3 === 0) {
        resource.delete(`run-${(number + 2) % 7}`);
      }
      server.breakConnections();
      await untilEqual(reflected);
    }
    expect(reflected.reflector.counters.lists).toBe(1);
  });

  it('notices that the data of the API server were restored from a backup', async () => {
    resource.put({ name: 'lost' });
    const reflected = run(fastClock(50));
    await until('live', reflected.isLive);
    await server.stop();
    resource.delete('lost');
    resource.compact();
    server.rewind();
    const restored = server.serve(workflows);
    server.unserve(resource);
    resource = restored;
    resource.put({ name: 'restored' });
    await server.start();
    await untilEqual(reflected);
    expect(reflected.collection.list()[0].metadata.name).toBe('restored');
  });

  it('keeps what it knows while it is stale', async () => {
    resource.put({ name: 'a' });
    const reflected = run(fastClock(50));
    await until('live', reflected.isLive);
    server.always('watch', 500);
    server.always('list', 500);
    server.breakConnections();
    await until('stale', () => reflected.reflector.state.state === 'stale');
    const { since } = reflected.reflector.state;
    const watches = server.requests.watch + server.requests.list;
    await until(
      'more attempts',
      () => server.requests.watch + server.requests.list > watches + 2,
    );
    expect(reflected.collection.size).toBe(1);
    expect(reflected.reflector.state.since).toBe(since);
  });
});

describe('kinds that come and go', () => {
  it('empties the collection when a definition is removed, and fills it again', async () => {
    resource.put({ name: 'a' });
    const reflected = run(fastClock(50));
    await until('live', reflected.isLive);
    server.unserve(resource);
    await until(
      'not installed',
      () => reflected.reflector.state.state === 'not-installed',
    );
    expect(reflected.collection.size).toBe(0);
    expect(reflected.changes.at(-1)).toMatchObject({ type: 'delete' });
    resource = server.serve(workflows);
    resource.put({ name: 'b' });
    await until('live', reflected.isLive);
    expect(reflected.equals(resource)).toBe(true);
  });

  it('goes on with another version when the one in use is no longer served', async () => {
    resource.put({ name: 'a' });
    const reflected = run(fastClock(50));
    await until('live', reflected.isLive);
    server.unserve(resource);
    resource = server.serve({ ...workflows, version: 'v1' });
    resource.put({ name: 'a' });
    await until('v1', () => reflected.reflector.state.version === 'v1');
    await until('live', reflected.isLive);
    expect(reflected.collection.list()[0].apiVersion).toBe('argoproj.io/v1');
  });
});

it('writes nothing after it was stopped, and can be started again', async () => {
  resource.put({ name: 'a' });
  const reflected = run(fastClock(50));
  const stopped = reflected.reflector.stop();
  reflected.reflector.start();
  await stopped;
  await until('live', reflected.isLive);
  await reflected.reflector.stop();
  resource.put({ name: 'b' });
  await until('no watcher', () => resource.watchers.size === 0);
  expect(reflected.collection.size).toBe(1);
  reflected.reflector.start();
  await untilEqual(reflected);
});
