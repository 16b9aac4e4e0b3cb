import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { HistoryReader } from './HistoryReader';

/** Clocks of replicas differ, and what is asked for is written a moment later. */
const OVERLAP_MS = 60_000;

/**
 * Tells of the pull requests by which promotions were asked for at any replica, each once:
 * no cluster tells of them, and another replica may serve those who look.
 */
export async function watchPromotions(options: {
  scheduler: SchedulerService;
  reader: Pick<HistoryReader, 'promotionsSince'>;
  logger: LoggerService;
  /** Called with the pipeline. */
  onPromotion: (pipeline: string) => void;
}): Promise<void> {
  const { scheduler, reader, logger, onPromotion } = options;
  let told = new Set<string>();
  await scheduler.scheduleTask({
    id: 'delivery-promotions-elsewhere',
    // Each process has viewers of its own.
    scope: 'local',
    frequency: { seconds: 5 },
    timeout: { seconds: 30 },
    async fn() {
      try {
        const asked = await reader.promotionsSince(
          new Date(Date.now() - OVERLAP_MS),
        );
        const keys = asked.map(({ id, requestedAt }) => `${id} ${requestedAt}`);
        asked
          .filter((_, i) => !told.has(keys[i]))
          .forEach(({ pipeline }) => onPromotion(pipeline));
        told = new Set(keys);
      } catch (error) {
        logger.debug(
          'Cannot read which promotions were asked for; read again soon',
          toError(error),
        );
      }
    },
  });
}
