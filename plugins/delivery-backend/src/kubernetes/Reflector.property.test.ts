import fc from 'fast-check';
import { fastClock } from './__testing__/clocks';
import { FakeApiServer } from './__testing__/FakeApiServer';
import { workflows } from './__testing__/kinds';
import { reflect } from './__testing__/reflect';
import { Change, KubernetesObject } from './types';
import { until } from './__testing__/until';

const names = ['a', 'b', 'c', 'd'];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...names.map(name => `put ${name}`)),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...names.map(name => `delete ${name}`)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...names.map(name => `torn ${name}`)),
  },
  fc.constantFrom(
    'bookmark',
    'compact',
    'break connections',
    'stop',
    'start',
    'wait',
    'watch close',
    'watch reset',
    'watch half-event',
    'watch half-list',
    'watch expired-event',
    'watch 410',
    'watch 500',
    'watch 429',
    'list 500',
    'list 410',
    'list reset',
    'list html',
    'list 403',
    'watch 403',
    'discovery 503',
    'revoke',
    'grant',
    'lists served',
    'lists refused',
    'lists endless',
  ),
);

const identify = ({ metadata }: KubernetesObject) =>
  `${metadata.uid} ${metadata.resourceVersion}`;

/** Changes to an older version of an object than one that was told before. */
function backwards(changes: readonly Change[]): Change[] {
  const told = new Map<string, number>();
  return changes.filter(({ type, object: { metadata } }) => {
    const version = Number(metadata.resourceVersion);
    const before = told.get(metadata.uid) ?? 0;
    told.set(metadata.uid, version);
    return version < before || (type === 'upsert' && version === before);
  });
}

async function play(steps: string[]): Promise<void> {
  const server = new FakeApiServer();
  const resource = server.serve(workflows);
  await server.start();
  let listening = true;
  const written = new Set<string>();
  const put = (name: string) =>
    written.add(identify(resource.put({ name, namespace: 'n' })));
  const reflected = reflect(server, fastClock(1_000));
  try {
    for (const taken of steps) {
      const [verb, argument] = taken.split(' ');
      if (verb === 'put') {
        put(argument);
      } else if (verb === 'torn') {
        resource.tearing = true;
        put(argument);
        resource.tearing = false;
      } else if (verb === 'revoke' || verb === 'grant') {
        const mode = verb === 'revoke' ? 403 : 'ok';
        server.always('list', mode);
        server.always('watch', mode);
      } else if (verb === 'lists') {
        server.streamingLists = argument as never;
      } else if (verb === 'delete') {
        resource.delete(argument, 'n');
      } else if (taken === 'bookmark') {
        resource.bookmark();
      } else if (taken === 'compact') {
        resource.compact();
      } else if (taken === 'break connections') {
        server.breakConnections();
      } else if (taken === 'stop' && listening) {
        await server.stop();
        listening = false;
      } else if (taken === 'start' && !listening) {
        await server.start();
        listening = true;
      } else if (taken === 'wait') {
        await new Promise(resolve => setTimeout(resolve, 5));
      } else if (verb === 'watch' || verb === 'list' || verb === 'discovery') {
        server.next(verb, (Number(argument) || argument) as never);
      }
    }
    server.always('list', 'ok');
    server.always('watch', 'ok');
    if (!listening) {
      await server.start();
    }
    await until(
      'the collection is what the API server holds, and says so',
      () => reflected.isLive() && reflected.equals(resource),
    );
    const { list, watch, discovery } = server.requests;
    // Each step costs a few requests at most, however it ends.
    expect(list + watch + discovery).toBeLessThanOrEqual(6 + 6 * steps.length);
    for (const { type, object } of reflected.changes) {
      if (type === 'upsert') {
        expect(written).toContain(identify(object));
      }
    }
    expect(backwards(reflected.changes)).toEqual([]);
  } finally {
    await reflected.stop();
    await server.stop();
  }
}

// eslint-disable-next-line jest/expect-expect -- the property expects
it('equals the API server after any sequence of writes and faults', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), play), {
    numRuns: 300,
    endOnFailure: false,
  });
}, 60_000);
