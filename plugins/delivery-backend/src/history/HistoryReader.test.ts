import {
  deploymentHistorySchema,
  doraSchema,
  runHistorySchema,
} from '@golden-path/plugin-delivery-common';
import { databaseNames, historyDatabases } from './__testUtils__/databases';
import {
  at,
  deployment,
  health,
  PIPELINE,
  promotion,
  run,
} from './__testUtils__/records';
import { HistoryReader } from './HistoryReader';
import type { HistoryStore } from './HistoryStore';

const databases = historyDatabases();
const COMMIT = 'a'.repeat(40);

describe.each(databaseNames)('HistoryReader in %s', database => {
  let store: HistoryStore;
  let reader: HistoryReader;

  beforeEach(async () => {
    store = await databases.store(database);
    reader = new HistoryReader(store.knex);
  });

  it.each([1, 2, 3, 7, 50])(
    'tells every run once in pages of %d, newest first',
    async limit => {
      const minutes = [1, 5, 5, 5, 5, 3, 2, 9, 9, 4];
      await store.write([
        ...minutes.map((minute, index) =>
          run(`u${index}`, at(`09:0${minute}`)),
        ),
        run('other', at('09:00'), { pipeline: 'of/another/pipe/line' }),
      ]);
      const told: Array<[string, string]> = [];
      let cursor: string | undefined;
      do {
        const page = await reader.runs(PIPELINE, { limit, cursor });
        expect(runHistorySchema.parse(page)).toEqual(page);
        expect(page.runs.length).toBeLessThanOrEqual(limit);
        told.push(
          ...page.runs.map(({ finishedAt, uid }): [string, string] => [
            finishedAt,
            uid,
          ]),
        );
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(told).toEqual(
        minutes
          .map((minute, index): [string, string] => [
            at(`09:0${minute}`),
            `u${index}`,
          ])
          .sort()
          .reverse(),
      );
    },
  );

  it('tells a run as it was recorded', async () => {
    const recorded = run('u1', at('08:10'), {
      phase: 'Failed',
      status: 'failed',
      commit: COMMIT,
      imageTag: COMMIT,
      message: 'run-tests failed',
      steps: [
        {
          id: 'n1',
          name: 'run-tests',
          type: 'Pod',
          phase: 'Failed',
          status: 'failed',
          dependsOn: [],
        },
      ],
    });
    await store.write([recorded]);
    const { table: _, cluster: __, pipeline: ___, ...told } = recorded;
    expect((await reader.runs(PIPELINE, { limit: 1 })).runs).toEqual([
      { ...told, durationSeconds: 600 },
    ]);
  });

  it('tells the last run of each of many pipelines', async () => {
    const other = 'of/another/pipe/line';
    await store.write([
      // Began first, and ended last.
      run('u0', at('10:10'), { createdAt: at('07:00') }),
      run('u1', at('08:20'), { createdAt: at('08:15') }),
      run('u2', at('08:18'), {
        createdAt: at('08:15'),
        commit: COMMIT,
        status: 'failed',
      }),
      run('u3', at('08:17'), {
        createdAt: at('08:15'),
        name: 'checkout-cicd-0',
      }),
      run('u4', at('09:05'), { pipeline: other, createdAt: at('08:30') }),
      run('u5', at('09:05'), { pipeline: other }),
      run('u6', at('11:00'), { pipeline: 'not/asked/for/now' }),
    ]);
    const none = Array.from({ length: 98 }, (_, index) => `none/${index}`);
    expect([...(await reader.lastRuns([PIPELINE, other, ...none]))]).toEqual(
      expect.arrayContaining([
        [
          PIPELINE,
          {
            name: 'checkout-cicd-u2',
            purpose: 'build',
            status: 'failed',
            commit: COMMIT,
            createdAt: at('08:15'),
            finishedAt: at('08:18'),
          },
        ],
        [other, expect.objectContaining({ name: 'checkout-cicd-u4' })],
      ]),
    );
    expect((await reader.lastRuns([PIPELINE, other])).size).toBe(2);
    expect((await reader.lastRuns([])).size).toBe(0);
  });

  it.each(['', 'x', 'eyJhIjoxfQ', "'; drop table runs; --"])(
    'refuses %j as a cursor',
    async cursor => {
      await expect(
        reader.runs(PIPELINE, { limit: 1, cursor }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('nextCursor'),
      });
    },
  );

  it('knows how long runs of a purpose usually take', async () => {
    const lasting = (uid: string, minutes: number, fields = {}) =>
      run(uid, at(`08:${String(minutes).padStart(2, '0')}`), fields);
    await store.write([
      lasting('u1', 4),
      lasting('u2', 6),
      lasting('u3', 20),
      lasting('u4', 59, { phase: 'Failed', status: 'failed' }),
      lasting('u5', 30, { purpose: 'setup' }),
      lasting('u6', 40, { purpose: 'manual', startedAt: undefined }),
    ]);
    expect(await reader.usualDurations(PIPELINE)).toEqual([
      { purpose: 'build', seconds: 360, samples: 3 },
      { purpose: 'setup', seconds: 1800, samples: 1 },
    ]);
  });

  it('takes the usual duration from the newest 20 runs', async () => {
    await store.write(
      Array.from({ length: 25 }, (_, index) =>
        run(`u${index}`, at('08:10', `2026-11-${index < 5 ? '01' : '02'}`), {
          startedAt: at(
            index < 5 ? '08:00' : '08:09',
            `2026-11-${index < 5 ? '01' : '02'}`,
          ),
        }),
      ),
    );
    expect(await reader.usualDurations(PIPELINE)).toEqual([
      { purpose: 'build', seconds: 60, samples: 20 },
    ]);
  });

  it('tells what was deployed where, when it was healthy, and who asked for it', async () => {
    const dev = {
      environment: 'dev',
      application: 'd',
      applicationUid: 'dev-1',
    };
    await store.write([
      deployment('0', at('08:00'), dev),
      deployment('0', at('09:00'), { commit: COMMIT, by: 'ada' }),
      deployment('1', at('10:00'), { startedAt: at('09:59') }),
      deployment('failed x', at('11:00'), {
        outcome: 'failed',
        message: 'one or more objects failed to apply',
      }),
      health('Healthy', at('07:00')),
      health('Progressing', at('09:00:30')),
      health('Healthy', at('09:02')),
      promotion(7, at('08:30'), { from: 'dev', by: 'user:default/ada' }),
      promotion(8, at('09:30')),
    ]);
    const history = await reader.deployments(PIPELINE, { limit: 3 });
    expect(deploymentHistorySchema.parse(history)).toEqual(history);
    expect(
      history.deployments.map(({ environment, id, healthyAt }) => [
        environment,
        id,
        healthyAt,
      ]),
    ).toEqual([
      ['prod', 'failed x', undefined],
      ['prod', '1', at('10:00')],
      ['prod', '0', at('09:02')],
    ]);
    expect(
      history.last.map(({ environment, id }) => [environment, id]),
    ).toEqual([
      ['dev', '0'],
      ['prod', '1'],
    ]);
    expect(history.promotions.map(({ id, by }) => [id, by])).toEqual([
      ['https://git.example/team/checkout/pulls/8', undefined],
      ['https://git.example/team/checkout/pulls/7', 'user:default/ada'],
    ]);
  });

  it('tells the newest deployments of each environment where that is asked for', async () => {
    const dev = { environment: 'dev', applicationUid: 'dev-1' };
    const minute = (number: number) => String(number).padStart(2, '0');
    await store.write([
      deployment('0', at('08:00')),
      deployment('1', at('08:30')),
      ...Array.from({ length: 50 }, (_, index) =>
        deployment(`${index}`, at(`09:${minute(index)}`), dev),
      ),
      health('Healthy', at('07:00')),
      promotion(7, at('08:30')),
      promotion(8, at('09:30')),
    ]);
    const idsOf = async (howMany: { limit: number; ofEach?: number }) =>
      (await reader.deployments(PIPELINE, howMany)).deployments.map(
        ({ environment, id }) => `${environment} ${id}`,
      );
    expect(await idsOf({ limit: 3 })).toEqual(['dev 49', 'dev 48', 'dev 47']);
    expect(await idsOf({ limit: 1, ofEach: 3 })).toEqual([
      'dev 49',
      'dev 48',
      'dev 47',
      'prod 1',
      'prod 0',
    ]);
    const history = await reader.deployments(PIPELINE, { limit: 1, ofEach: 1 });
    expect(history.deployments[1].healthyAt).toBe(at('08:30'));
    expect(history.last.map(({ id }) => id)).toEqual(['49', '1']);
    expect(history.promotions).toHaveLength(1);
  });

  it('makes the DORA figures of production, of one pipeline or several', async () => {
    const other = { pipeline: 'hub/x/y/z', applicationUid: 'z-1' };
    await store.write([
      run('u1', at('08:10'), { commit: COMMIT, createdAt: at('08:00') }),
      // Started by hand, which says nothing of the push.
      run('u2', at('07:10'), {
        commit: COMMIT,
        createdAt: at('07:00'),
        purpose: 'manual',
      }),
      deployment('9', at('08:20'), {
        environment: 'dev',
        applicationUid: 'dev-1',
      }),
      deployment('1', at('09:00'), { commit: COMMIT }),
      health('Healthy', at('07:00')),
      deployment('1', at('09:00'), other),
      health('Healthy', at('07:00'), other),
      health('Degraded', at('09:10'), other),
      health('Healthy', at('09:20'), other),
    ]);
    const now = new Date(at('12:00'));
    const one = await reader.dora([{ pipeline: PIPELINE }], { now });
    expect(doraSchema.parse(one)).toEqual(one);
    expect(one).toMatchObject({
      deploymentFrequency: { deployments: 1, perDay: 1 },
      leadTimeForChanges: { medianSeconds: 3600, samples: 1 },
      changeFailureRate: { failed: 0, changes: 1, ratio: 0 },
      timeToRestore: undefined,
    });
    expect(
      await reader.dora(
        [
          { pipeline: PIPELINE },
          { pipeline: 'hub/x/y/z' },
          { pipeline: PIPELINE },
        ],
        { now },
      ),
    ).toMatchObject({
      deploymentFrequency: { deployments: 2 },
      changeFailureRate: { failed: 1, changes: 2, ratio: 0.5 },
      timeToRestore: { medianSeconds: 600, samples: 1 },
    });
    const [second, first, unknown] = await reader.doraOfEach(
      ['hub/x/y/z', PIPELINE, 'hub/no/thing/here'].map(pipeline => ({
        pipeline,
      })),
      { now },
    );
    expect(first).toEqual(one);
    expect(second).toEqual(
      await reader.dora([{ pipeline: 'hub/x/y/z' }], { now }),
    );
    expect(unknown).toMatchObject({
      deploymentFrequency: undefined,
      unrestored: 0,
    });
  });

  it('does not take dev for production because production has seen nothing yet', async () => {
    const dev = { environment: 'dev', applicationUid: 'dev-1' };
    await store.write([
      deployment('1', at('09:00'), dev),
      health('Healthy', at('07:00')),
    ]);
    const now = new Date(at('12:00'));
    expect(
      (await reader.dora([{ pipeline: PIPELINE }], { now }))
        .deploymentFrequency,
    ).toBeUndefined();
    expect(
      (await reader.dora([{ pipeline: PIPELINE, production: 'dev' }], { now }))
        .deploymentFrequency,
    ).toMatchObject({ deployments: 1 });
  });
});
