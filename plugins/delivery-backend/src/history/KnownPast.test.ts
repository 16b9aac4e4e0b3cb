import { mockServices } from '@backstage/backend-test-utils';
import { databaseNames, historyDatabases } from './__testUtils__/databases';
import { at, deployment, health, PIPELINE, run } from './__testUtils__/records';
import { HistoryReader } from './HistoryReader';
import { KnownPast } from './KnownPast';

const databases = historyDatabases();

describe.each(databaseNames)('KnownPast of %s', database => {
  it('knows what prod had, however often dev is synced', async () => {
    const store = await databases.store(database);
    const dev = { environment: 'dev', applicationUid: 'dev-1' };
    const day = (number: number) => `2026-11-${String(number + 10)}`;
    await store.write([
      run('u1', at('08:10')),
      deployment('0', at('08:00', day(0)), { imageTag: 'old' }),
      health('Healthy', at('07:00', day(0))),
      ...Array.from({ length: 100 }, (_, index) =>
        deployment(
          String(index),
          at(`1${index % 10}:00`, day(Math.floor(index / 10) + 1)),
          dev,
        ),
      ),
    ]);
    const past = new KnownPast(
      new HistoryReader(store.knex),
      mockServices.logger.mock(),
    );
    await new Promise<void>(resolve => void past.of(PIPELINE, resolve));
    const { runs, deployments = [] } = past.of(PIPELINE) ?? {};
    past.stop();
    expect(runs).toHaveLength(1);
    expect(deployments.at(-1)).toMatchObject({
      environment: 'prod',
      imageTag: 'old',
      healthyAt: at('08:00', day(0)),
    });
    // Ten commits that came to dev, each synced twice, and no more than that.
    expect(deployments.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 20 }, (_, index) => String(99 - index)),
      '0',
    ]);
  });
});
