import { say } from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { isDayZero } from './DayZero';

describe('day 0', () => {
  it('is when there is no pipeline', () => {
    expect(isDayZero(fixture('day-0'))).toBe(true);
  });

  it('is when Argo CD is bringing it', () => {
    const delivery = fixture('day-0');
    const pipeline = delivery.stages.find(({ kind }) => kind === 'pipeline')!;
    pipeline.status = 'running';
    pipeline.sentence = say('pipeline.syncing', { application: 'orders-cicd' });
    expect(isDayZero(delivery)).toBe(true);
  });

  it('ends with the pipeline', () => {
    expect(isDayZero(fixture('setting-up'))).toBe(false);
    expect(isDayZero(fixture('first-build'))).toBe(false);
  });
});
