import type { SchedulerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { databaseNames, historyDatabases } from './__testUtils__/databases';
import { PIPELINE, promotion } from './__testUtils__/records';
import { HistoryReader } from './HistoryReader';
import { KnownPast } from './KnownPast';
import { watchPromotions } from './watchPromotions';

const databases = historyDatabases();
const logger = mockServices.logger.mock();

async function watch(
  reader: Pick<HistoryReader, 'promotionsSince'>,
  past?: KnownPast,
) {
  const told: string[] = [];
  const tasks: Array<Parameters<SchedulerService['scheduleTask']>[0]> = [];
  await watchPromotions({
    scheduler: {
      scheduleTask: async task => void tasks.push(task),
    } as Partial<SchedulerService> as SchedulerService,
    reader,
    logger,
    onPromotion: pipeline => {
      told.push(pipeline);
      past?.changed(pipeline);
    },
  });
  return {
    look: async () => {
      await tasks[0].fn(new AbortController().signal as never);
      return told.splice(0);
    },
    scope: tasks[0].scope,
  };
}

const ago = (seconds: number) =>
  new Date(Date.now() - seconds * 1_000).toISOString();

describe.each(databaseNames)('promotions in %s', database => {
  it('are told once at each replica, whichever wrote them', async () => {
    const store = await databases.store(database);
    const replicas = await Promise.all(
      [1, 2].map(() => watch(new HistoryReader(store.knex))),
    );
    const look = () => Promise.all(replicas.map(each => each.look()));
    expect(replicas.map(({ scope }) => scope)).toEqual(['local', 'local']);
    expect(await look()).toEqual([[], []]);

    await store.write([
      promotion(1, ago(3_600)),
      promotion(2, ago(5)),
      // Kargo's own, which the cluster tells of.
      promotion(3, ago(5), { pullRequest: undefined, pipeline: 'of/kargo' }),
    ]);
    expect(await look()).toEqual([[PIPELINE], [PIPELINE]]);
    expect(await look()).toEqual([[], []]);

    await store.write([
      promotion(4, ago(1), { pipeline: 'another/pipe/line' }),
      // Asked for again, by the pull request that waits already.
      promotion(2, ago(0)),
    ]);
    const [first, second] = await look();
    expect(first.sort()).toEqual([PIPELINE, 'another/pipe/line'].sort());
    expect(second.sort()).toEqual(first);
    expect(await look()).toEqual([[], []]);
  });

  it('reach those who look at another replica', async () => {
    const store = await databases.store(database);
    const reader = new HistoryReader(store.knex);
    const past = new KnownPast(reader, logger);
    const { look } = await watch(reader, past);
    const asked = () => past.of(PIPELINE)?.promotions.length;
    // As the service does: asked again at each change, by those who look.
    await new Promise<void>(resolve => void past.of(PIPELINE, resolve));
    const changed = new Promise<void>(
      resolve => void past.of(PIPELINE, resolve),
    );
    expect(asked()).toBe(0);

    await store.write([promotion(1, ago(1))]);
    await look();
    await changed;
    expect(asked()).toBe(1);
    past.stop();
  });
});

it('goes on after the database could not be read', async () => {
  const promotionsSince = jest
    .fn()
    .mockRejectedValueOnce(new Error('the database is away'))
    .mockResolvedValue([{ id: 'p', pipeline: PIPELINE, requestedAt: ago(1) }]);
  const { look } = await watch({ promotionsSince });
  expect(await look()).toEqual([]);
  expect(await look()).toEqual([PIPELINE]);
});
