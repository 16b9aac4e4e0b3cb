import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { sources } from '../sources';
import { kindHealthOf } from './kindHealth';

it('misses what golden paths need, and not a system that they do without', () => {
  const cluster = new MemoryCluster('local');
  cluster.setStates('not-installed', 'Sensor');
  cluster.setStates('not-installed', 'Rollout');
  const stateOf = (kind: string) =>
    kindHealthOf(cluster, sources, new Set(['pipeline', 'destination'])).find(
      health => health.kind === kind,
    )?.state;
  expect(stateOf('Sensor')).toBe('not-installed');
  expect(stateOf('Rollout')).toBeUndefined();
  cluster.setStates('live', 'Rollout');
  expect(stateOf('Rollout')).toBe('live');
  cluster.setStates('stale', 'Rollout');
  expect(stateOf('Rollout')).toBe('stale');
});
