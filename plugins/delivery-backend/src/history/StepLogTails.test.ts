import { databaseNames, historyDatabases } from './__testUtils__/databases';
import type { HistoryStore } from './HistoryStore';
import { StepLogTails, type StepLogTail } from './StepLogTails';

const databases = historyDatabases();
const PIPELINE =
  'hub/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline';

const tail = (values: Partial<StepLogTail> = {}): StepLogTail => ({
  cluster: 'hub',
  pipeline: PIPELINE,
  runUid: 'u1',
  run: 'checkout-cicd-9f3c1',
  node: 'attempt-2',
  stepId: 'step-1',
  step: 'build-and-push',
  pod: 'checkout-cicd-9f3c1-build-1',
  container: 'main',
  lines: [
    { time: '2026-11-24T06:03:00.123Z', text: 'cloning' },
    { text: 'exit 1 – “no” \ud83d' },
  ],
  isCut: true,
  finishedAt: '2026-11-24T06:04:00.000Z',
  ...values,
});

describe.each(databaseNames)('StepLogTails in %s', database => {
  let store: HistoryStore;
  let tails: StepLogTails;

  beforeEach(async () => {
    store = await databases.store(database);
    tails = new StepLogTails(store.knex);
  });

  const find = (step: string, run = tail().run, pipeline = PIPELINE) =>
    tails.find(pipeline, { run, step });
  const count = async () => (await store.knex('step_logs').select()).length;

  it('gives back what was kept, by each name of the step', async () => {
    await tails.write(tail());
    for (const name of ['attempt-2', 'step-1', 'build-and-push']) {
      expect(await find(name)).toEqual(tail());
    }
    expect(await find('run-tests')).toBeUndefined();
    expect(await find('step-1', 'another-run')).toBeUndefined();
    expect(await find('step-1', tail().run, 'of-another')).toBeUndefined();
  });

  it('holds each once, by its last end, whoever writes how often', async () => {
    const again = tail({
      finishedAt: '2026-11-24T07:00:00.000Z',
      lines: [{ text: 'retried' }],
    });
    await Promise.all([tails.write(tail()), tails.write(tail())]);
    expect(await tails.has(tail())).toBe(true);
    expect(await tails.has(again)).toBe(false);
    await tails.write(again);
    // A replica that lags behind.
    await tails.write(tail());
    expect(await find('step-1')).toEqual(again);
    expect(await count()).toBe(1);
  });

  it('lets no credential in that came so far', async () => {
    const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    await tails.write(tail({ lines: [{ text: `with ${token}` }] }));
    const rows = JSON.stringify(await store.knex('step_logs').select());
    expect(rows).toContain('with ***');
    expect(rows).not.toContain(token);
  });

  it('forgets with the rest of history, and all at once', async () => {
    await tails.write(tail());
    await tails.write(
      tail({ runUid: 'u2', finishedAt: '2026-11-24T08:00:00.000Z' }),
    );
    expect(await store.prune(new Date('2026-11-24T07:00:00Z'))).toBe(1);
    expect((await find('step-1'))?.runUid).toBe('u2');
    await tails.clear();
    expect(await count()).toBe(0);
  });
});
