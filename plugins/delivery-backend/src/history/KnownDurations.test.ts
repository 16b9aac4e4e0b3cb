import { mockServices } from '@backstage/backend-test-utils';
import type { UsualDuration } from '@golden-path/plugin-delivery-common';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { KnownDurations } from './KnownDurations';

const settle = () => new Promise(resolve => setImmediate(resolve));

describe('KnownDurations', () => {
  const build = (seconds: number): UsualDuration[] => [
    { purpose: 'build', seconds, samples: 3 },
  ];
  let clock: ManualClock;
  let read: jest.Mock<Promise<UsualDuration[]>, [string]>;
  let usual: KnownDurations;

  beforeEach(() => {
    clock = new ManualClock();
    read = jest.fn(async (_pipeline: string) => build(60));
    usual = new KnownDurations(
      { usualDurations: read },
      mockServices.logger.mock(),
      clock,
    );
  });

  it('answers from memory what was read after the first question', async () => {
    expect(usual.of('a')).toEqual([]);
    expect(usual.of('a')).toEqual([]);
    await settle();
    expect(usual.of('a')).toEqual(build(60));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads again after a while, and answers meanwhile', async () => {
    usual.of('a');
    await settle();
    read.mockResolvedValue(build(90));
    clock.advance(5 * 60_000);
    expect(usual.of('a')).toEqual(build(60));
    await settle();
    expect(usual.of('a')).toEqual(build(90));
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('reads one pipeline after the other', async () => {
    let open = 0;
    let most = 0;
    read.mockImplementation(async () => {
      open += 1;
      most = Math.max(most, open);
      await settle();
      open -= 1;
      return build(60);
    });
    const pipelines = Array.from({ length: 20 }, (_, index) => `p${index}`);
    pipelines.forEach(pipeline => usual.of(pipeline));
    for (let turn = 0; turn < 50; turn += 1) {
      await settle();
    }
    expect(pipelines.map(pipeline => usual.of(pipeline))).toEqual(
      pipelines.map(() => build(60)),
    );
    expect(most).toBe(1);
  });

  it('keeps what it knows while the database is away', async () => {
    usual.of('a');
    await settle();
    read.mockRejectedValue(new Error('connection refused'));
    clock.advance(5 * 60_000);
    usual.of('a');
    await settle();
    expect(usual.of('a')).toEqual(build(60));
    expect(read).toHaveBeenCalledTimes(2);
  });
});
