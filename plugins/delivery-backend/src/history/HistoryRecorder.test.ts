import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { observed } from './__testUtils__/observed';
import { at, deployment, run } from './__testUtils__/records';
import { HistoryRecorder } from './HistoryRecorder';
import { naturalId, type HistoryRecord } from './records';

/** A database whose troubles a test decides. */
class MemoryStore {
  readonly rows = new Map<string, HistoryRecord>();
  writes = 0;
  available = true;
  /** Natural ids that it refuses although it answers. */
  readonly refused = new Set<string>();

  async write(records: readonly HistoryRecord[]): Promise<void> {
    this.writes += 1;
    if (!this.available) {
      throw new Error(
        'insert into "runs" values (canary) - connection refused',
      );
    }
    if (records.some(record => this.refused.has(naturalId(record)))) {
      throw new Error('insert into "runs" values (canary) - value too long');
    }
    records.forEach(record => this.rows.set(naturalId(record), record));
  }

  async answers(): Promise<boolean> {
    return this.available;
  }
}

describe('HistoryRecorder', () => {
  let store: MemoryStore;
  let clock: ManualClock;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let recorder: HistoryRecorder;

  beforeEach(() => {
    store = new MemoryStore();
    clock = new ManualClock();
    logger = mockServices.logger.mock();
    recorder = HistoryRecorder.create({
      store,
      logger,
      clock,
      retentionMs: 90 * 86_400_000,
      capacity: 1_000,
    });
  });

  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      await Promise.resolve();
    }
  };
  const runs = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) =>
      run(`u${from + index}`, at('09:00')),
    );
  const logged = () =>
    [logger.warn, logger.error, logger.info]
      .flatMap(log => log.mock.calls.map(([message]) => message))
      .join('\n');

  it('writes what is new, and the same only once', async () => {
    const observation = observed([
      run('u1', at('09:00')),
      run('u2', at('09:01')),
    ]);
    recorder.observe(observation);
    recorder.observe(observation);
    await settle();
    recorder.observe(observation);
    recorder.observe(
      observed([run('u1', at('09:00')), run('u2', at('09:30'))]),
    );
    await settle();
    expect(store.rows.size).toBe(2);
    expect(store.writes).toBe(2);
  });

  it('tells what is in the database, once it is', async () => {
    const written: string[] = [];
    recorder.subscribe(records => written.push(...records.map(naturalId)));
    store.available = false;
    const [record] = runs(1);
    recorder.record([record]);
    await settle();
    expect(written).toEqual([]);
    store.available = true;
    clock.advance(60_000);
    await settle();
    expect(written).toEqual([naturalId(record)]);
  });

  it('does not write what would be forgotten at once', async () => {
    recorder.observe(observed([run('u1', at('09:00', '2026-01-01'))]));
    await settle();
    expect(store.writes).toBe(0);
  });

  it('remembers of what was written no more than the cluster does', async () => {
    recorder.observe(observed(runs(3)));
    await settle();
    recorder.observe(observed(runs(1)));
    recorder.observe(observed(runs(3)));
    await settle();
    // The two that were forgotten and came back were written again, which changes nothing.
    expect(store.writes).toBe(2);
    expect(store.rows.size).toBe(3);
  });

  it('keeps trying, at growing distances, while the database is away', async () => {
    store.available = false;
    recorder.record(runs(5));
    await settle();
    const distances: number[] = [];
    for (let failure = 0; failure < 12; failure += 1) {
      distances.push(clock.pending[0]);
      clock.advance(clock.pending[0]);
      await settle();
    }
    expect(distances.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(Math.max(...distances)).toBe(15_000);
    recorder.record(runs(5, 5));
    store.available = true;
    clock.advance(15_000);
    await settle();
    expect(store.rows.size).toBe(10);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logged()).toContain('connection refused');
    expect(logged()).not.toContain('canary');
  });

  it('holds no more than its capacity; what is dropped comes with the next observation', async () => {
    store.available = false;
    recorder.observe(observed(runs(1_500)));
    await settle();
    store.available = true;
    clock.advance(1_000);
    await settle();
    expect(store.rows.size).toBe(1_000);
    expect(logged()).toContain('500 records were dropped');
    recorder.observe(observed(runs(1_500)));
    await settle();
    expect(store.rows.size).toBe(1_500);
  });

  it('leaves out the one record that the database refuses, and no other', async () => {
    const poison = deployment('1', at('09:00'));
    store.refused.add(naturalId(poison));
    recorder.record([poison, ...runs(3)]);
    for (let turn = 0; turn < 10; turn += 1) {
      await settle();
      clock.advance(30_000);
    }
    expect([...store.rows.keys()].sort()).toEqual(
      runs(3).map(naturalId).sort(),
    );
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(clock.pending).toEqual([]);
    expect(logged()).not.toContain('canary');
    const { writes } = store;
    recorder.record([poison]);
    await settle();
    expect(store.writes).toBe(writes);
  });

  it('never throws into the watch', () => {
    expect(() => recorder.observe({ located: undefined } as any)).not.toThrow();
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('writes what waits before it ends', async () => {
    recorder.record(runs(450));
    await recorder.stop();
    expect(store.rows.size).toBe(450);
  });

  it('does not hold up the end for a database that is away', async () => {
    store.available = false;
    recorder.record(runs(2));
    await settle();
    const stopped = recorder.stop();
    await settle();
    clock.advance(5_000);
    await stopped;
    expect(logged()).toContain('2 records of the history could not be written');
  });
});
