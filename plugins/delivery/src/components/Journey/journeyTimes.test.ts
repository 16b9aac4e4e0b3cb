import type { JourneyStep } from '@golden-path/plugin-delivery-common';
import { leadTime, timedSteps } from './journeyTimes';

const at = (seconds: number) => new Date(seconds * 1_000).toISOString();

const steps: JourneyStep[] = [
  { id: 'pushed', kind: 'pushed', status: 'succeeded', at: at(100) },
  { id: 'run-started', kind: 'run-started', status: 'succeeded' },
  { id: 'built', kind: 'built', status: 'succeeded', at: at(280) },
  // By the clock of another system.
  { id: 'noticed', kind: 'noticed', status: 'succeeded', at: at(279) },
  {
    id: 'healthy:dev',
    kind: 'healthy',
    environment: 'dev',
    status: 'succeeded',
    at: at(300),
  },
  {
    id: 'healthy:prod',
    kind: 'healthy',
    environment: 'prod',
    status: 'waiting',
  },
];

describe('the times of a journey', () => {
  it('are counted from the last step whose time is known', () => {
    expect(timedSteps({ steps }).map(({ later }) => later)).toEqual([
      undefined,
      undefined,
      180_000,
      0,
      20_000,
      undefined,
    ]);
  });

  it('lead to the furthest environment that is healthy', () => {
    expect(leadTime({ steps })).toEqual({
      environment: 'dev',
      milliseconds: 200_000,
    });
    expect(leadTime({ steps: steps.slice(1) })).toBeUndefined();
    expect(leadTime({ steps: steps.slice(0, 4) })).toBeUndefined();
  });
});
