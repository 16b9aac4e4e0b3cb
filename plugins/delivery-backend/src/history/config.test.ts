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
    expect(read()).toEqual({ retention: { days: 90 } });
    expect(readHistoryConfig(new ConfigReader({}))).toEqual({
      retention: { days: 90 },
    });
    expect(read({ months: 6 })).toEqual({ retention: { months: 6 } });
    expect(read('P1Y')).toEqual({ retention: { years: 1 } });
    expect(read('2 weeks')).toEqual({ retention: { weeks: 2 } });
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
