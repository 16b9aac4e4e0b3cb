import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';
import { readHistoryConfig } from './config';
import { HistoryReader } from './HistoryReader';
import { HistoryRecorder } from './HistoryRecorder';
import { HistoryStore } from './HistoryStore';
import { StepLogTails } from './StepLogTails';
import { scheduleRetention } from './retention';
import { KnownDurations } from './KnownDurations';

/** What the plugin remembers when the clusters forget. */
export interface HistoryService {
  recorder: Pick<HistoryRecorder, 'observe' | 'record' | 'subscribe'>;
  reader: Pick<
    HistoryReader,
    | 'runs'
    | 'lastRuns'
    | 'usualDurations'
    | 'deployments'
    | 'promotionsSince'
    | 'dora'
    | 'doraOfEach'
  >;
  usual: Pick<KnownDurations, 'of'>;
  /** Absent where no logs are kept. */
  stepLogs?: {
    tails: StepLogTails;
    /** How long they are kept, in milliseconds. */
    retentionMs: number;
  };
}

/** The one {@link HistoryService} of a backend. */
export const historyServiceRef = createServiceRef<HistoryService>({
  id: 'delivery.history',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async factory({ config, database, lifecycle, logger, scheduler }) {
        const { retention, keepsStepLogs } = readHistoryConfig(config);
        const retentionMs = durationToMilliseconds(retention);
        const store = await HistoryStore.create(database);
        const recorder = HistoryRecorder.create({
          store,
          logger,
          retentionMs,
        });
        lifecycle.addShutdownHook(() => recorder.stop());
        await scheduleRetention({ scheduler, store, retention, logger });
        const reader = new HistoryReader(store.knex);
        const tails = new StepLogTails(store.knex);
        if (!keepsStepLogs) {
          // Whoever turns it off wants none of them left.
          await tails.clear();
        }
        return {
          recorder,
          reader,
          usual: new KnownDurations(reader, logger),
          stepLogs: keepsStepLogs ? { tails, retentionMs } : undefined,
        };
      },
    }),
});
