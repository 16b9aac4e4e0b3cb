import fc from 'fast-check';
import { deployment, health } from './__testUtils__/records';
import { healthyAt, healthyTimes, inOrder } from './healthyAt';
import type { HealthChange } from './rows';

const START = Date.parse('2026-11-24T12:00:00Z');
const iso = (seconds: number) =>
  new Date(START + seconds * 1_000).toISOString();

const uid = fc.constantFrom('one', 'two', 'three');
/** Close together, so that what happens at once or a minute apart is among them. */
const second = fc.integer({ min: 0, max: 60 }).map(tens => tens * 10);

const deployments = fc
  .array(
    fc.record({
      applicationUid: uid,
      finished: second,
      takes: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined }),
      outcome: fc.constantFrom('succeeded' as const, 'failed' as const),
    }),
    { maxLength: 20 },
  )
  .map(list =>
    list
      .sort((a, b) => b.finished - a.finished)
      .map(({ finished, takes, ...fields }, index) =>
        deployment(String(index), iso(finished), {
          ...fields,
          startedAt: takes === undefined ? undefined : iso(finished - takes),
        }),
      ),
  );

const healthChanges = fc.array(
  fc
    .record({
      applicationUid: uid,
      since: second.map(iso),
      word: fc.constantFrom('Healthy', 'Progressing', 'Degraded', 'Missing'),
    })
    .map(({ word, since, ...fields }) => health(word, since, fields)),
  { maxLength: 40 },
);

/** As docs/dora.md says it, by looking at everything for each. */
function simply(
  newestFirst: ReturnType<typeof deployment>[],
  changes: readonly HealthChange[],
): Array<string | undefined> {
  return newestFirst.map((each, index) => {
    if (each.outcome === 'failed') {
      return undefined;
    }
    const isSame = (other: { applicationUid: string }) =>
      other.applicationUid === each.applicationUid;
    const next = newestFirst
      .slice(0, index)
      .findLast(other => isSame(other) && other.outcome === 'succeeded');
    const end = Date.parse(each.finishedAt);
    const until = next
      ? Date.parse(next.startedAt ?? next.finishedAt)
      : Infinity;
    const all = inOrder(changes.filter(isSame));
    const before = all.findLast(({ at }) => at <= end);
    const after = all.filter(({ at }) => at > end && at < until);
    const stays = after.every(({ at }) => at > end + 60_000);
    const at =
      before?.health === 'Healthy' && stays
        ? end
        : after.find(change => change.health === 'Healthy')?.at;
    return at === undefined ? undefined : new Date(at).toISOString();
  });
}

describe('when environments were healthy with deployments', () => {
  it('is told as by looking at everything for each', () => {
    const told = new Set<boolean>();
    fc.assert(
      fc.property(deployments, healthChanges, (newestFirst, changes) => {
        const times = newestFirst.map(healthyTimes(newestFirst, changes));
        times.forEach(time => told.add(time !== undefined));
        expect(times).toEqual(simply(newestFirst, changes));
      }),
      { numRuns: 1_000 },
    );
    expect(told.size).toBe(2);
  });

  it('costs each deployment about the same, however many there are', () => {
    /** How often something is looked at until all of so many deployments are told. */
    const looks = (count: number) => {
      let looked = 0;
      const counted = <T extends object>(each: T) =>
        new Proxy(each, {
          get: (target, name, receiver) => {
            looked += 1;
            return Reflect.get(target, name, receiver);
          },
        });
      const newestFirst = Array.from({ length: count }, (_, index) =>
        counted(deployment(String(index), iso((count - index) * 600))),
      );
      const changes = Array.from({ length: count * 2 }, (_, index) =>
        health(
          index % 2 ? 'Healthy' : 'Progressing',
          iso(index * 300 + (index % 2 ? 10 : 1)),
        ),
      );
      const times = newestFirst.map(
        healthyTimes(newestFirst, changes.map(counted)),
      );
      expect(times.filter(Boolean)).toHaveLength(count);
      const ordered = inOrder(changes).map(counted);
      newestFirst.forEach(({ finishedAt }, index) =>
        healthyAt(
          Date.parse(finishedAt),
          ordered,
          index > 0 ? Date.parse(newestFirst[index - 1].finishedAt) : undefined,
        ),
      );
      return looked / count;
    };
    expect(looks(3_200)).toBeLessThan(looks(100) * 2);
  });
});
