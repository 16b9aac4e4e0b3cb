import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { readClusters } from '../config';
import { CommitCache } from '../git/CommitCache';
import { IntegrationRepositories } from '../git/IntegrationRepositories';
import { historyServiceRef } from '../history/historyServiceRef';
import { KnownLastRuns } from '../history/KnownLastRuns';
import { KnownPast } from '../history/KnownPast';
import { pipelineKey } from '../history/pipelineKey';
import { watchPromotions } from '../history/watchPromotions';
import {
  createClusterWatch,
  HttpTransport,
  KubeConfigAccess,
} from '../kubernetes';
import { systemClock } from '../kubernetes/clock';
import { FailedStepLogs } from '../logs/FailedStepLogs';
import { stepLogsServiceRef } from '../logs/stepLogsServiceRef';
import { notificationsServiceRef } from '../notifications/notificationsServiceRef';
import { sources } from '../sources';
import { beyondClusters } from './beyondClusters';
import { DefaultDeliveryService } from './DefaultDeliveryService';
import type { DeliveryService } from './DeliveryService';
import { readGoldenPaths } from './readGoldenPaths';

/**
 * The one {@link DeliveryService} of a backend: all who look share its watches. They
 * start when the plugin has started and end when it shuts down. Watched are the clusters
 * that some entity points to, and those that somebody looks into.
 */
export const deliveryServiceRef = createServiceRef<DeliveryService>({
  id: 'delivery.delivery',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        history: historyServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        logs: stepLogsServiceRef,
        notifications: notificationsServiceRef,
        scheduler: coreServices.scheduler,
      },
      async factory({
        auth,
        catalog,
        config,
        history,
        lifecycle,
        logger,
        logs,
        notifications,
        scheduler,
      }) {
        const clusters = readClusters(config, message => logger.warn(message));
        if (clusters.length === 0) {
          logger.warn(
            'No cluster is configured; add delivery.clusters to watch some',
          );
        }
        const commits = new CommitCache({
          repositories: new IntegrationRepositories(
            ScmIntegrations.fromConfig(config),
          ),
          logger,
          clock: systemClock,
        });
        const past = new KnownPast(history.reader, logger);
        history.recorder.subscribe(written =>
          written.forEach(({ table, pipeline }) => {
            // The cluster tells of everything else.
            if (table === 'promotions') past.changed(pipeline);
          }),
        );
        await watchPromotions({
          scheduler,
          reader: history.reader,
          logger,
          onPromotion: pipeline => past.changed(pipeline),
        });
        const lastRuns = new KnownLastRuns(history.reader, logger);
        const failedStepLogs =
          history.stepLogs &&
          new FailedStepLogs({ ...history.stepLogs, logs, logger });
        const delivery = DefaultDeliveryService.create({
          sources,
          logger,
          observe(observation, document) {
            history.recorder.observe(observation);
            lastRuns.observe(observation);
            notifications.observe(observation, document);
            failedStepLogs?.observe(observation);
          },
          usual: location => history.usual.of(pipelineKey(location)),
          lastRun: location => lastRuns.of(pipelineKey(location)),
          beyond: beyondClusters(commits, past),
          clusters: clusters.map(({ name, source, operator, ...cluster }) => ({
            ...cluster,
            operable: operator !== undefined,
            watch: createClusterWatch({
              name,
              transport: new HttpTransport(new KubeConfigAccess(source)),
              logger,
            }),
          })),
        });
        lifecycle.addStartupHook(() => delivery.start());
        lifecycle.addShutdownHook(async () => {
          commits.stop();
          past.stop();
          await Promise.all([failedStepLogs?.stop(), delivery.stop()]);
        });
        await scheduler.scheduleTask({
          id: 'keep-clusters-watched',
          // Each process has watches of its own.
          scope: 'local',
          frequency: { minutes: 1 },
          timeout: { minutes: 1 },
          async fn() {
            try {
              const entities = await readGoldenPaths(
                catalog,
                await auth.getOwnServiceCredentials(),
              );
              notifications.keep(entities);
              delivery.keep(entities);
            } catch (error) {
              logger.warn(
                'Cannot read from the catalog which clusters to watch; those of before stay watched',
                toError(error),
              );
            }
          },
        });
        return delivery;
      },
    }),
});
