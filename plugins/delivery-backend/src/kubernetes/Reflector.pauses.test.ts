import { Clock } from './clock';
import { KindRef } from './types';
import { ManualClock } from './__testing__/clocks';
import { FakeApiServer } from './__testing__/FakeApiServer';
import { FakeResource } from './__testing__/FakeResource';
import { workflows } from './__testing__/kinds';
import { reflect, Reflected, workflow } from './__testing__/reflect';
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

it('doubles the ceiling from 1 to 30 s and starts again after an event', async () => {
  const clock = new ManualClock();
  clock.chance = 1;
  const reflected = run(clock);
  await until('live', reflected.isLive);
  clock.advance(10_000);
  server.always('watch', 'reset');
  server.always('list', 'reset');
  server.breakConnections();

  const pauses: number[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    await until(
      'a pause',
      () =>
        reflected.reflector.state.state === 'stale' &&
        clock.pending.length === 1,
    );
    pauses.push(clock.pending[0]);
    clock.advance(clock.pending[0]);
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);

  await until('a pause', () => clock.pending.length === 1);
  server.always('watch', 'ok');
  server.always('list', 'ok');
  clock.advance(30_000);
  await until('live', reflected.isLive);
  resource.bookmark();
  resource.put({ name: 'a' });
  await until('the object', () => reflected.collection.size === 1);
  server.always('watch', 'reset');
  server.always('list', 'reset');
  server.breakConnections();
  await until('a pause', () => clock.pending[0] <= 1_000);
  expect(clock.pending).toEqual([1_000]);
});

it('seldom asks for what it may not read and nobody misses', async () => {
  server.always('watch', 403);
  server.always('list', 403);
  const clock = new ManualClock();
  clock.chance = 1;
  const { reflector } = run(clock, { ...workflow, optional: true });
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await until(
      'a pause',
      () => reflector.state.state === 'forbidden' && clock.pending.length === 1,
    );
    pauses.push(clock.pending[0] / 60_000);
    clock.advance(clock.pending[0]);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 10, 10]);
  server.always('watch', 'ok');
  server.always('list', 'ok');
  await until('a pause', () => clock.pending.length === 1);
  clock.advance(clock.pending[0]);
  await until('live', () => reflector.state.state === 'live');
});

it('waits at least as long as the API server asks for', async () => {
  const clock = new ManualClock();
  server.retryAfter = '7';
  server.always('watch', 429);
  run(clock);
  await until('a pause', () => clock.pending.length === 1);
  expect(clock.pending).toEqual([7_000]);
});

it('gives up a watch that was silent for 90 s', async () => {
  const clock = new ManualClock();
  const reflected = run(clock);
  await until('live', reflected.isLive);
  clock.advance(89_000);
  resource.bookmark();
  resource.put({ name: 'a' });
  await until('the object', () => reflected.collection.size === 1);
  clock.advance(89_000);
  expect(server.requests.watch).toBe(1);
  clock.advance(1_000);
  await until('the second watch', () => server.requests.watch === 2);
  await until('live', reflected.isLive);
  // One list of one object, to make sure that our version is still known.
  expect(server.urls.at(-2)).toMatch(/limit=1$/);
  expect(reflected.reflector.counters.lists).toBe(1);
  expect(reflected.states).toHaveLength(1);
});

it('says so when a watch that ended does not go on within 2 s', async () => {
  const clock = new ManualClock();
  const reflected = run(clock);
  await until('live', reflected.isLive);
  server.next('list', 'hang');
  clock.advance(90_000);
  await until('the check', () => server.requests.list === 1);
  clock.advance(1_999);
  expect(reflected.reflector.state.state).toBe('live');
  clock.advance(1);
  expect(reflected.reflector.state).toMatchObject({
    state: 'stale',
    reason: 'watch was silent for 90 s',
  });
  server.breakConnections();
  await until('a pause', () => clock.pending.length === 1);
  clock.advance(500);
  await until('live', reflected.isLive);
});

it('lists at once when its version was forgotten while the API server was away', async () => {
  const clock = new ManualClock();
  const reflected = run(clock);
  await until('live', reflected.isLive);
  server.next('list', 'reset', 'reset', 'reset');
  server.next('watch', 410);
  server.breakConnections();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await until(
      'a pause',
      () =>
        reflected.reflector.state.state === 'stale' &&
        clock.pending.length === 1,
    );
    clock.advance(clock.pending[0]);
  }
  // Without another pause, which would be the longer the longer it was away.
  await until('live', reflected.isLive);
  expect(reflected.states.slice(-2)).toMatchObject([
    { state: 'syncing' },
    { state: 'live' },
  ]);
});

it('takes a 403 of a server that was away for a sign that it starts, unless it lasts', async () => {
  const clock = new ManualClock();
  clock.chance = 1;
  const reflected = run(clock);
  const { reflector } = reflected;
  const refusedAgain = async () => {
    const before = server.requests.list;
    clock.advance(clock.pending[0]);
    await until('another refusal', () => server.requests.list > before);
    await until('a pause', () => clock.pending.length === 1);
  };
  await until('live', reflected.isLive);
  server.always('list', 403);
  server.breakConnections();
  await until('a pause', () => reflector.state.state === 'stale');
  await refusedAgain();
  expect(reflector.state).toMatchObject({
    state: 'stale',
    reason: expect.stringMatching(
      /^API server answers 403.*; it was away and may still be starting$/,
    ),
  });
  // The usual pauses, but none beyond the time that it is given.
  expect(clock.pending).toEqual([2_000]);
  await refusedAgain();
  expect(clock.pending).toEqual([3_000]);
  await refusedAgain();
  expect(reflector.state).toMatchObject({
    state: 'forbidden',
    reason: expect.stringMatching(/^API server answers 403[^;]*$/),
  });

  server.always('list', 'ok');
  clock.advance(30_000);
  await until('live', reflected.isLive);
  resource.put({ name: 'a' });
  await until('the object', () => reflected.collection.size === 1);
  // One that was not away says what it means.
  resource.send({ type: 'ERROR', object: { code: 403 } });
  await until('forbidden', () => reflector.state.state === 'forbidden');
});

it('gives up a streaming list that is never complete, and lists in pages from then on', async () => {
  server.streamingLists = 'endless';
  resource.put({ name: 'a' });
  const clock = new ManualClock();
  const reflected = run(clock);
  await until('the stream', () => resource.watchers.size === 1);
  clock.advance(29_000);
  resource.put({ name: 'b' });
  await until('a life sign', () => clock.pending[0] === 30_000);
  clock.advance(29_999);
  expect(server.requests).toMatchObject({ list: 0, watch: 1 });
  clock.advance(1);
  await until('live', reflected.isLive);
  expect(reflected.equals(resource)).toBe(true);
  expect(server.requests).toMatchObject({ list: 1, watch: 2 });
  // There is a list in pages at once, so nothing was amiss.
  expect(reflected.states.map(({ state }) => state)).toEqual(['live']);

  server.next('watch', 410);
  server.breakConnections();
  await until('stale', () => !reflected.isLive());
  await until('live', () => {
    clock.advance(1);
    return reflected.isLive();
  });
  expect(server.urls.filter(url => url.includes('Initial'))).toHaveLength(1);
});

it('looks for a kind that is not installed, ever more seldom', async () => {
  server.unserve(resource);
  const clock = new ManualClock();
  const reflected = run(clock);
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
  await until('live', reflected.isLive);
  expect(reflected.collection.size).toBe(1);
});
