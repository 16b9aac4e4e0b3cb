import {
  databaseNames,
  historyDatabases,
  storeOn,
} from './__testUtils__/databases';
import {
  at,
  deployment,
  health,
  promotion,
  run,
} from './__testUtils__/records';
import type { HistoryStore } from './HistoryStore';

const databases = historyDatabases();

describe.each(databaseNames)('HistoryStore in %s', database => {
  let store: HistoryStore;

  beforeEach(async () => {
    store = await databases.store(database);
  });

  const rows = (table: string) => store.knex(table).select();
  const count = async () =>
    Promise.all(
      ['runs', 'deployments', 'health_changes', 'promotions'].map(
        async table => (await rows(table)).length,
      ),
    );

  it('holds each fact once, whoever writes it how often', async () => {
    const records = [
      ...Array.from({ length: 250 }, (_, index) =>
        run(`u${index}`, at('09:00')),
      ),
      deployment('1', at('09:10')),
      health('Healthy', at('09:11')),
      promotion(7, at('09:12')),
    ];
    const other = await storeOn(store.knex);
    await Promise.all([
      store.write(records),
      other.write([...records].reverse()),
      store.write(records.slice(100)),
    ]);
    await other.write(records);
    expect(await count()).toEqual([250, 1, 1, 1]);
  });

  it('knows a Workflow that was retried by its last end', async () => {
    await store.write([
      run('u1', at('09:00'), { phase: 'Failed', status: 'failed' }),
    ]);
    await store.write([run('u1', at('09:30'))]);
    // A replica that lags behind.
    await store.write([
      run('u1', at('09:00'), { phase: 'Failed', status: 'failed' }),
    ]);
    expect(await rows('runs')).toMatchObject([
      { uid: 'u1', phase: 'Succeeded' },
    ]);
  });

  it('does not replace what is known by nothing', async () => {
    const commit = 'a'.repeat(40);
    await store.write([
      deployment('1', at('09:10'), {
        commit,
        imageTag: commit,
        startedAt: at('09:09'),
      }),
      promotion(7, at('09:12'), { by: 'user:default/ada', commit }),
    ]);
    await store.write([
      deployment('1', at('09:10')),
      promotion(7, at('09:12'), { from: 'dev' }),
    ]);
    expect(await rows('deployments')).toMatchObject([
      { commit_sha: commit, image_tag: commit },
    ]);
    expect(await rows('promotions')).toMatchObject([
      {
        commit_sha: commit,
        requested_by: 'user:default/ada',
        from_environment: 'dev',
      },
    ]);
  });

  it('writes all or none', async () => {
    const broken = run('u2', at('09:00'), { name: undefined });
    await expect(store.write([run('u1', at('09:00')), broken])).rejects.toThrow(
      /null/i,
    );
    expect(await count()).toEqual([0, 0, 0, 0]);
  });

  it('holds no credential and no character that PostgreSQL cannot store', async () => {
    const message =
      'clone of https://ada:glpat-canary1234567890@git.example/x failed\0';
    await store.write([
      run('u1', at('09:00'), {
        message,
        steps: [
          {
            id: '1',
            name: 'checkout-code',
            type: 'Pod',
            phase: 'Failed',
            status: 'failed',
            message,
            dependsOn: [],
          },
        ],
      }),
      deployment('failed x', at('09:10'), {
        outcome: 'failed',
        message: 'Authorization: Bearer canary1234567890',
      }),
    ]);
    const stored = JSON.stringify([
      await rows('runs'),
      await rows('deployments'),
    ]);
    expect(stored).not.toContain('canary');
    expect(stored).toContain('https://***@git.example/x failed');
  });

  it('forgets what is old, but not what still holds', async () => {
    const old = (time: string) => at(time, '2026-08-01');
    await store.write([
      run('old', old('09:00')),
      run('new', at('09:00')),
      promotion(1, old('09:00')),
      promotion(2, at('09:00')),
      deployment('1', old('09:00')),
      deployment('2', old('09:30')),
      deployment('failed 3', old('10:00'), { outcome: 'failed' }),
      deployment('4', at('10:00')),
      deployment('1', old('09:00'), { applicationUid: 'dev-1' }),
      health('Progressing', old('09:00')),
      health('Healthy', old('09:01')),
      health('Degraded', at('09:00')),
      health('Healthy', old('09:01'), { applicationUid: 'dev-1' }),
    ]);
    const before = new Date('2026-09-01T00:00:00Z');
    expect(await store.prune(before)).toBe(4);
    expect(await store.prune(before)).toBe(0);
    const ids = async (table: string, ...columns: string[]) =>
      (await rows(table))
        .map(row => columns.map(column => row[column]).join(' '))
        .sort();
    expect(await ids('runs', 'uid')).toEqual(['new']);
    expect(await ids('promotions', 'id')).toEqual([
      'https://git.example/team/checkout/pulls/2',
    ]);
    expect(await ids('deployments', 'application_uid', 'id')).toEqual([
      'dev-1 1',
      'prod-1 2',
      'prod-1 4',
      'prod-1 failed 3',
    ]);
    expect(await ids('health_changes', 'application_uid', 'health')).toEqual([
      'dev-1 Healthy',
      'prod-1 Degraded',
      'prod-1 Healthy',
    ]);
  });

  it('tells whether the database answers', async () => {
    expect(await store.answers()).toBe(true);
    await store.knex.destroy();
    expect(await store.answers()).toBe(false);
  });
});

describe.each(databaseNames)('the tables in %s', database => {
  it('come and go with their migration', async () => {
    const knex = await databases.empty(database);
    await storeOn(knex);
    await storeOn(knex);
    expect(await knex.schema.hasTable('runs')).toBe(true);
    await knex.migrate.rollback({ directory: `${__dirname}/../../migrations` });
    for (const table of [
      'runs',
      'deployments',
      'health_changes',
      'promotions',
    ]) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
  });
});
