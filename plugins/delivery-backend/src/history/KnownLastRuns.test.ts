import { mockServices } from '@backstage/backend-test-utils';
import { toLastRun, type LastRun } from '../delivery/lastRun';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { observed } from './__testUtils__/observed';
import { at, PIPELINE, run } from './__testUtils__/records';
import { KnownLastRuns } from './KnownLastRuns';

const settle = () => new Promise(resolve => setImmediate(resolve));

const ended = (name: string, createdAt = at('08:00')): LastRun => ({
  name,
  purpose: 'build',
  status: 'succeeded',
  createdAt,
  finishedAt: at('08:10'),
});

describe('KnownLastRuns', () => {
  let clock: ManualClock;
  let read: jest.Mock<Promise<Map<string, LastRun>>, [readonly string[]]>;
  let last: KnownLastRuns;

  beforeEach(() => {
    clock = new ManualClock();
    read = jest.fn(
      async pipelines => new Map(pipelines.map(each => [each, ended(each)])),
    );
    last = new KnownLastRuns(
      { lastRuns: read },
      mockServices.logger.mock(),
      clock,
    );
  });

  it('reads those of many pipelines with few questions, each once', async () => {
    const pipelines = Array.from({ length: 250 }, (_, index) => `p${index}`);
    const list = () => pipelines.map(pipeline => last.of(pipeline)?.name);
    expect(list()).toEqual(pipelines.map(() => undefined));
    await settle();
    expect(list()).toEqual(pipelines);
    await settle();
    expect(read.mock.calls.map(([asked]) => asked.length)).toEqual([
      100, 100, 50,
    ]);
  });

  it('learns of what ends meanwhile without reading again', async () => {
    const running = { ...run('next', at('09:40')), finishedAt: undefined };
    const first = run('first', at('07:00'), { createdAt: at('06:50') });
    const newest = run('newest', at('09:10'), { createdAt: at('09:00') });
    last.of(PIPELINE);
    await settle();
    last.observe(observed([first]));
    expect(last.of(PIPELINE)?.name).toBe(PIPELINE);

    const seen = observed([newest, first]);
    seen.facts.runs.unshift(running);
    last.observe(seen);
    last.observe(observed([first]));
    expect(last.of(PIPELINE)).toEqual({
      name: 'checkout-cicd-newest',
      purpose: 'build',
      status: 'succeeded',
      commit: undefined,
      createdAt: at('09:00'),
      finishedAt: at('09:10'),
    });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('does not forget what it saw for older things that it reads', async () => {
    last.of(PIPELINE);
    last.observe(
      observed([run('newest', at('09:10'), { createdAt: at('09:00') })]),
    );
    await settle();
    expect(last.of(PIPELINE)?.name).toBe('checkout-cicd-newest');
  });

  it('is the same run whether it was seen or read, also of those of one second', async () => {
    const [first, second] = ['a', 'b'].map(uid =>
      run(uid, at(uid === 'a' ? '08:20' : '08:10')),
    );
    for (const [seen, inDatabase] of [
      [first, second],
      [second, first],
    ]) {
      last = new KnownLastRuns(
        { lastRuns: async () => new Map([[PIPELINE, toLastRun(inDatabase)]]) },
        mockServices.logger.mock(),
        clock,
      );
      last.observe(observed([seen]));
      last.of(PIPELINE);
      await settle();
      expect(last.of(PIPELINE)?.name).toBe('checkout-cicd-b');
    }
  });

  it('reads again a minute after the database did not answer', async () => {
    read.mockRejectedValueOnce(new Error('connection refused'));
    last.of('a');
    await settle();
    clock.advance(59_999);
    expect(last.of('a')).toBeUndefined();
    await settle();
    expect(read).toHaveBeenCalledTimes(1);

    clock.advance(1);
    last.of('a');
    await settle();
    expect(last.of('a')?.name).toBe('a');
  });
});
