import { Collection } from './Collection';
import { Discovery } from './Discovery';
import { HttpTransport } from './KubeTransport';
import { Reflector } from './Reflector';
import { Clock } from './clock';
import { Change, KindRef, KindState } from './types';
import { fastClock, ManualClock } from './__testing__/clocks';
import { FakeApiServer, Mode, RequestType } from './__testing__/FakeApiServer';
import { FakeResource } from './__testing__/FakeResource';
import { contents, workflows } from './__testing__/kinds';
import { until } from './__testing__/until';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

const kind: KindRef = { group: 'argoproj.io', kind: 'Workflow' };

let server: FakeApiServer;
let resource: FakeResource;
let transport: HttpTransport;
const running: Reflector[] = [];

beforeEach(async () => {
  server = new FakeApiServer();
  resource = server.serve(workflows);
  await server.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map(reflector => reflector.stop()));
  transport?.close();
  await server.stop();
});

function reflect(clock: Clock, of: KindRef = kind) {
  transport = new HttpTransport(server.access());
  const changes: Change[] = [];
  const states: KindState[] = [];
  const collection = new Collection(of, change => changes.push(change));
  const reflector = new Reflector({
    kind: of,
    transport,
    discovery: new Discovery(transport, clock),
    sink: collection,
    clock,
    onState: state => states.push(state),
  });
  running.push(reflector);
  reflector.start();
  return { reflector, collection, changes, states };
}

type Reflected = ReturnType<typeof reflect>;

const isLive =
  ({ reflector }: Reflected) =>
  () =>
    reflector.state.state === 'live';

const isEqual =
  ({ collection }: Reflected) =>
  () =>
    contents(collection.list()).join() ===
    contents(resource.objects.values()).join();

describe('with an API server that behaves', () => {
  it('lists in pages, then follows the watch', async () => {
    for (let number = 0; number < 1_201; number += 1) {
      resource.put({ name: `run-${number}`, namespace: 'team-shop' });
    }
    const reflected = reflect(fastClock(1));
    await until('live', isLive(reflected));

    expect(reflected.collection.size).toBe(1_201);
    expect(server.requests).toMatchObject({ list: 3, watch: 1, discovery: 2 });
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
    expect(isEqual(reflected)()).toBe(true);
    expect(server.requests).toMatchObject({ list: 3, watch: 1 });
  });

  it('narrows what it asks for, and never asks for the content of a Secret', async () => {
    const secrets = server.serve({
      group: '',
      version: 'v1',
      kind: 'Secret',
      plural: 'secrets',
      namespaced: true,
    });
    const data = { token: 'c2VjcmV0' };
    secrets.put({ name: 'one', namespace: 'a', data });
    const { collection } = reflect(fastClock(1), {
      group: '',
      kind: 'Secret',
      namespace: 'a',
      labelSelector: 'app=shop',
      fieldSelector: 'type=Opaque',
    });
    await until('the watch', () => server.requests.watch === 1);
    // The fake server sends whole objects on a watch, whatever it is asked for.
    secrets.put({ name: 'two', namespace: 'a', data, stringData: data });
    await until('both', () => collection.size === 2);

    expect(collection.list().map(object => Object.keys(object))).toEqual([
      ['apiVersion', 'kind', 'metadata'],
      ['apiVersion', 'kind', 'metadata'],
    ]);
    const list = new URL(server.urls.at(-2)!, server.url);
    expect(list.pathname).toBe('/api/v1/namespaces/a/secrets');
    expect(list.searchParams.get('labelSelector')).toBe('app=shop');
    expect(list.searchParams.get('fieldSelector')).toBe('type=Opaque');
  });

  it('resumes from the last bookmark when the server closes a long watch', async () => {
    const clock = new ManualClock();
    const reflected = reflect(clock);
    await until('live', isLive(reflected));
    resource.bookmark();
    const next = resource.put({ name: 'a' }).metadata.resourceVersion;
    await until('the object', () => reflected.collection.size === 1);
    clock.advance(60_000);
    server.breakConnections();
    await until('the second watch', () => server.requests.watch === 2);

    expect(server.urls.at(-1)).toContain(`resourceVersion=${next}&`);
    await until('live', isLive(reflected));
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
  ];

  it.each(faults)('%s: says so, and recovers', async (_, type, modes, seen) => {
    resource.put({ name: 'a', namespace: 'one' });
    resource.put({ name: 'b', namespace: 'one' });
    server.next(type, ...modes);
    const reflected = reflect(fastClock(50));
    await until('all requests failed', () => {
      const { discovery, list, watch } = server.requests;
      return { discovery, list, watch }[type] > modes.length;
    });
    resource.put({ name: 'a', namespace: 'one' });
    resource.delete('b', 'one');
    await until('live', isLive(reflected));
    await until('equal to a list', isEqual(reflected));

    const states = reflected.states.map(({ state }) => state);
    expect(states).toContain(seen);
    const { discovery, list, watch } = server.requests;
    expect(discovery + list + watch).toBeLessThanOrEqual(4 + 4 * modes.length);
  });

  it('emits what was deleted and made again while nobody watched', async () => {
    resource.put({ name: 'stays' });
    resource.put({ name: 'goes' });
    const old = resource.put({ name: 'returns' });
    const reflected = reflect(fastClock(50));
    await until('live', isLive(reflected));

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
    await until('live', isLive(reflected));
    await until('equal to a list', isEqual(reflected));

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
    const reflected = reflect(fastClock(200));
    await until('live', isLive(reflected));
    for (let number = 0; number < 100; number += 1) {
      resource.put({ name: `run-${number % 7}` });
      if (number % 3 === 0) {
        resource.delete(`run-${(number + 2) % 7}`);
      }
      server.breakConnections();
      await until('equal to a list', isEqual(reflected));
    }
    expect(reflected.reflector.counters.lists).toBe(1);
  });

  it('notices that the data of the API server were restored from a backup', async () => {
    resource.put({ name: 'lost' });
    const reflected = reflect(fastClock(50));
    await until('live', isLive(reflected));
    await server.stop();
    resource.delete('lost');
    resource.compact();
    server.rewind();
    const restored = server.serve(workflows);
    server.unserve(resource);
    resource = restored;
    resource.put({ name: 'restored' });
    await server.start();
    await until('equal to a list', isEqual(reflected));
    expect(reflected.collection.list()[0].metadata.name).toBe('restored');
  });

  it('keeps what it knows while it is stale', async () => {
    resource.put({ name: 'a' });
    const reflected = reflect(fastClock(50));
    await until('live', isLive(reflected));
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

describe('pauses', () => {
  it('doubles the ceiling from 1 to 30 s and starts again after an event', async () => {
    const clock = new ManualClock();
    clock.chance = 1;
    const reflected = reflect(clock);
    await until('live', isLive(reflected));
    clock.advance(10_000);
    server.always('watch', 'reset');
    server.always('list', 'reset');
    server.breakConnections();

    const pauses: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await until('a pause', () => clock.pending[0] <= 30_000);
      pauses.push(clock.pending[0]);
      clock.advance(clock.pending[0]);
    }
    expect(pauses).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);

    await until('a pause', () => clock.pending.length === 1);
    server.always('watch', 'ok');
    server.always('list', 'ok');
    clock.advance(30_000);
    await until('live', isLive(reflected));
    resource.bookmark();
    resource.put({ name: 'a' });
    await until('the object', () => reflected.collection.size === 1);
    server.always('watch', 'reset');
    server.always('list', 'reset');
    server.breakConnections();
    await until('a pause', () => clock.pending[0] <= 1_000);
    expect(clock.pending).toEqual([1_000]);
  });

  it('waits at least as long as the API server asks for', async () => {
    const clock = new ManualClock();
    server.retryAfter = '7';
    server.always('list', 429);
    reflect(clock);
    await until('a pause', () => clock.pending.length === 1);
    expect(clock.pending).toEqual([7_000]);
  });

  it('gives up a watch that was silent for 90 s', async () => {
    const clock = new ManualClock();
    const reflected = reflect(clock);
    await until('live', isLive(reflected));
    clock.advance(89_000);
    resource.bookmark();
    resource.put({ name: 'a' });
    await until('the object', () => reflected.collection.size === 1);
    clock.advance(89_000);
    expect(server.requests.watch).toBe(1);
    clock.advance(1_000);
    await until('the second watch', () => server.requests.watch === 2);
    await until('live', isLive(reflected));
    // One list of one object, to make sure that our version is still known.
    expect(server.urls.at(-2)).toMatch(/limit=1$/);
    expect(reflected.reflector.counters.lists).toBe(1);
    expect(reflected.states).toHaveLength(1);
  });

  it('looks for a kind that is not installed, ever more seldom', async () => {
    server.unserve(resource);
    const clock = new ManualClock();
    const reflected = reflect(clock);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await until('a pause', () => clock.pending.length === 1);
      pauses.push(clock.pending[0]);
      clock.advance(clock.pending[0]);
    }
    expect(pauses).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
    expect(reflected.reflector.state).toMatchObject({
      state: 'not-installed',
      reason: 'cluster does not serve Workflow of argoproj.io',
    });
    await until('a pause', () => clock.pending.length === 1);
    expect(server.requests.list).toBe(0);
    resource = server.serve(workflows);
    resource.put({ name: 'a' });
    clock.advance(60_000);
    await until('live', isLive(reflected));
    expect(reflected.collection.size).toBe(1);
  });
});

describe('kinds that come and go', () => {
  it('empties the collection when a definition is removed, and fills it again', async () => {
    resource.put({ name: 'a' });
    const reflected = reflect(fastClock(50));
    await until('live', isLive(reflected));
    server.unserve(resource);
    await until(
      'not installed',
      () => reflected.reflector.state.state === 'not-installed',
    );
    expect(reflected.collection.size).toBe(0);
    expect(reflected.changes.at(-1)).toMatchObject({ type: 'delete' });
    resource = server.serve(workflows);
    resource.put({ name: 'b' });
    await until('live', isLive(reflected));
    expect(isEqual(reflected)()).toBe(true);
  });

  it('goes on with another version when the one in use is no longer served', async () => {
    resource.put({ name: 'a' });
    const reflected = reflect(fastClock(50));
    await until('live', isLive(reflected));
    server.unserve(resource);
    resource = server.serve({ ...workflows, version: 'v1' });
    resource.put({ name: 'a' });
    await until('v1', () => reflected.reflector.state.version === 'v1');
    await until('live', isLive(reflected));
    expect(reflected.collection.list()[0].apiVersion).toBe('argoproj.io/v1');
  });
});

it('writes nothing after it was stopped, and can be started again', async () => {
  resource.put({ name: 'a' });
  const reflected = reflect(fastClock(50));
  const stopped = reflected.reflector.stop();
  reflected.reflector.start();
  await stopped;
  await until('live', isLive(reflected));
  await reflected.reflector.stop();
  resource.put({ name: 'b' });
  await until('no watcher', () => resource.watchers.size === 0);
  expect(reflected.collection.size).toBe(1);
  reflected.reflector.start();
  await until('equal to a list', isEqual(reflected));
});
