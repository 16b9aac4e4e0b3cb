import { doraOfHistories } from '../__testUtils__/doraOfHistories';
import { at, deployment, health } from '../__testUtils__/records';
import { FAILURE_WINDOW_MS } from './doraOf';

const NOW = new Date('2026-11-24T12:00:00Z');

it('tells the figures of parts of the window, with each change in one of them', () => {
  const edge = '2026-11-17T12:00:00Z';
  const [A, B, C] = ['a', 'b', 'c'].map(letter => letter.repeat(40));
  const pipeline = {
    deployments: [
      deployment('1', '2026-11-16T08:00:00Z', { commit: A }),
      deployment('2', edge, { commit: B }),
      deployment('3', NOW.toISOString(), { commit: C }),
    ],
    healthChanges: [
      health('Healthy', at('00:00', '2026-11-01')),
      health('Degraded', '2026-11-16T09:00:00Z'),
    ],
    pushes: [{ commit: B, at: '2026-11-17T11:00:00Z' }],
    since: at('00:00', '2026-10-01'),
  };
  const options = {
    now: NOW,
    windowMs: 14 * 86_400_000,
    failureWindowMs: FAILURE_WINDOW_MS,
  };
  const { trend, ...whole } = doraOfHistories([pipeline], {
    ...options,
    parts: 2,
  });
  expect(whole.deploymentFrequency?.deployments).toBe(3);
  expect(trend).toMatchObject([
    {
      window: { from: '2026-11-10T12:00:00.000Z', observedDays: 7 },
      deploymentFrequency: { perDay: 1 / 7, deployments: 1 },
      changeFailureRate: { failed: 1, changes: 1 },
      unrestored: 1,
    },
    {
      window: {
        from: new Date(edge).toISOString(),
        to: NOW.toISOString(),
        observedDays: 7,
      },
      deploymentFrequency: { deployments: 2 },
      changeFailureRate: { failed: 0, changes: 2 },
      unrestored: 0,
    },
  ]);
  expect(doraOfHistories([pipeline], options)).not.toHaveProperty('trend');
});
