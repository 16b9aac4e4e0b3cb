import { ConfigReader } from '@backstage/config';
import { readHistoryConfig } from './config';

const read = (retention?: unknown) =>
  readHistoryConfig(
    new ConfigReader({
      delivery: {
        history: retention === undefined ? {} : { retention },
      } as any,
    }),
  );

describe('readHistoryConfig', () => {
  it('keeps history for 90 days unless another duration is given', () => {
    const keepsStepLogs = true;
    expect(read()).toEqual({ retention: { days: 90 }, keepsStepLogs });
    expect(readHistoryConfig(new ConfigReader({}))).toEqual({
      retention: { days: 90 },
      keepsStepLogs,
    });
    expect(read({ months: 6 }).retention).toEqual({ months: 6 });
    expect(read('P1Y').retention).toEqual({ years: 1 });
    expect(read('2 weeks').retention).toEqual({ weeks: 2 });
  });

  it('keeps no logs where that is turned off', () => {
    const config = { delivery: { history: { failedStepLogs: false } } };
    expect(readHistoryConfig(new ConfigReader(config)).keepsStepLogs).toBe(
      false,
    );
  });

  it.each([
    [{ hours: 3 }],
    [{ days: -1 }],
    [{ fortnights: 1 }],
    [90],
    ['soon'],
  ])('refuses %j and says what to do', retention => {
    expect(() => read(retention)).toThrow(
      `delivery.history.retention is ${JSON.stringify(
        retention,
      )}: it must be a duration of a day or more, for example { days: 90 }.`,
    );
  });
});
