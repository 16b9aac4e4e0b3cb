import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { HistoryStore } from './HistoryStore';

/** Forgets what is older than it shall be kept, once a day and once for all replicas. */
export async function scheduleRetention({
  scheduler,
  store,
  retention,
  logger,
}: {
  scheduler: SchedulerService;
  store: Pick<HistoryStore, 'prune'>;
  retention: HumanDuration;
  logger: LoggerService;
}): Promise<void> {
  await scheduler.scheduleTask({
    id: 'delivery-history-retention',
    scope: 'global',
    frequency: { hours: 24 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 30 },
    async fn() {
      const before = new Date(Date.now() - durationToMilliseconds(retention));
      const gone = await store.prune(before);
      logger.info(
        `${gone} records of the history ended before ${before.toISOString()} and are gone`,
      );
    },
  });
}
