import { doraSchema } from '@golden-path/plugin-delivery-common';
import fc from 'fast-check';
import { doraOfHistories } from '../__testUtils__/doraOfHistories';
import { deployment, health } from '../__testUtils__/records';
import { type ProductionHistory } from './doraOf';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-24T12:00:00Z');
const options = (now = NOW) => ({
  now: new Date(now),
  windowMs: 30 * 24 * HOUR,
  failureWindowMs: 24 * HOUR,
});
const iso = (ms: number) => new Date(ms).toISOString();

/** Seconds before now, over longer than the window. */
const ago = fc.integer({ min: 0, max: 40 * 86_400 }).map(s => NOW - s * 1000);
const commit = fc.constantFrom('a', 'b', 'c', undefined);

const histories: fc.Arbitrary<ProductionHistory> = fc.record({
  deployments: fc
    .array(
      fc.record({
        finished: ago,
        takes: fc.integer({ min: 0, max: 600 }),
        commit,
        revision: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
        failed: fc.boolean(),
        applicationUid: fc.constantFrom('one', 'two'),
      }),
      { maxLength: 15 },
    )
    .map(list =>
      list.map(({ finished, takes, failed, ...fields }, index) =>
        deployment(String(index), iso(finished), {
          ...fields,
          outcome: failed ? 'failed' : 'succeeded',
          startedAt: iso(finished - takes * 1000),
        }),
      ),
    ),
  healthChanges: fc
    .array(
      fc.record({
        since: ago,
        word: fc.constantFrom('Healthy', 'Progressing', 'Degraded'),
        applicationUid: fc.constantFrom('one', 'two'),
      }),
      { maxLength: 25 },
    )
    .map(list =>
      list.map(({ since, word, applicationUid }) =>
        health(word, iso(since), { applicationUid }),
      ),
    ),
  pushes: fc.array(
    fc.record({ commit: fc.constantFrom('a', 'b', 'c'), at: ago.map(iso) }),
    { maxLength: 6 },
  ),
  since: ago.map(iso),
});

describe('doraOf, whatever happened', () => {
  it('is a document with figures in their ranges, or none', () => {
    fc.assert(
      fc.property(fc.array(histories, { maxLength: 3 }), pipelines => {
        const dora = doraOfHistories(pipelines, options());
        expect(doraSchema.parse(dora)).toEqual(dora);
        const { changeFailureRate: rate, deploymentFrequency } = dora;
        expect(rate ? rate.failed <= rate.changes : true).toBe(true);
        expect(deploymentFrequency?.deployments ?? 0).toBeLessThanOrEqual(
          rate?.changes ?? 0,
        );
        expect((dora.timeToRestore?.samples ?? 0) + dora.unrestored).toBe(
          rate?.failed ?? 0,
        );
      }),
    );
  });

  it('does not depend on the order of rows or pipelines', () => {
    fc.assert(
      fc.property(histories, histories, (one, two) => {
        const reversed = (history: ProductionHistory) => ({
          ...history,
          deployments: [...history.deployments].reverse(),
          healthChanges: [...history.healthChanges].reverse(),
          pushes: [...history.pushes].reverse(),
        });
        expect(
          doraOfHistories([reversed(two), reversed(one)], options()),
        ).toEqual(doraOfHistories([one, two], options()));
      }),
    );
  });

  it('does not change when a sync brings again what is there', () => {
    fc.assert(
      fc.property(histories, history => {
        const succeeded = history.deployments
          .filter(({ outcome }) => outcome === 'succeeded')
          .sort((a, b) => a.finishedAt.localeCompare(b.finishedAt));
        const newest = succeeded.at(-1);
        fc.pre(
          newest !== undefined &&
            history.deployments.every(
              ({ finishedAt }) => finishedAt <= newest.finishedAt,
            ) &&
            history.deployments.filter(
              ({ finishedAt }) => finishedAt === newest.finishedAt,
            ).length === 1,
        );
        const again = {
          ...newest!,
          id: '99',
          startedAt: newest!.finishedAt,
          finishedAt: iso(Date.parse(newest!.finishedAt) + 1000),
        };
        const more = {
          ...history,
          deployments: [...history.deployments, again],
        };
        expect(doraOfHistories([more], options(NOW + 1000))).toEqual(
          doraOfHistories([history], options(NOW + 1000)),
        );
      }),
    );
  });

  it('is the same at any time of the world', () => {
    const shift = 1234 * 24 * HOUR;
    const later = (time: string) => iso(Date.parse(time) + shift);
    fc.assert(
      fc.property(histories, history => {
        const { window: _, ...shifted } = doraOfHistories(
          [
            {
              since: history.since && later(history.since),
              deployments: history.deployments.map(each => ({
                ...each,
                finishedAt: later(each.finishedAt),
                startedAt: each.startedAt && later(each.startedAt),
              })),
              healthChanges: history.healthChanges.map(each => ({
                ...each,
                since: later(each.since),
              })),
              pushes: history.pushes.map(each => ({
                ...each,
                at: later(each.at),
              })),
            },
          ],
          options(NOW + shift),
        );
        const { window: __, ...figures } = doraOfHistories(
          [history],
          options(),
        );
        expect(shifted).toEqual(figures);
      }),
    );
  });
});
