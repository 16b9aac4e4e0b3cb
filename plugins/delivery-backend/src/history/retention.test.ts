import { mockServices } from '@backstage/backend-test-utils';
import { scheduleRetention } from './retention';

it('forgets once for all replicas what ended before the retention', async () => {
  const scheduler = mockServices.scheduler.mock();
  const store = { prune: jest.fn(async (_before: Date) => 3) };
  await scheduleRetention({
    scheduler,
    store,
    retention: { days: 90 },
    logger: mockServices.logger.mock(),
  });
  const [[task]] = scheduler.scheduleTask.mock.calls;
  expect(task.scope).toBe('global');
  const before = Date.now();
  await (task.fn as (signal: AbortSignal) => Promise<void>)(
    new AbortController().signal,
  );
  const [[limit]] = store.prune.mock.calls;
  const days = (Date.now() - limit.getTime()) / 86_400_000;
  expect(days).toBeCloseTo(90, 3);
  expect(limit.getTime()).toBeGreaterThanOrEqual(before - 90 * 86_400_000);
});
