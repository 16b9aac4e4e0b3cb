import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { notificationService } from '@backstage/plugin-notifications-node';
import { durationToMilliseconds } from '@backstage/types';
import { readHistoryConfig } from '../history/config';
import { historyServiceRef } from '../history/historyServiceRef';
import { readNotificationsConfig } from './config';
import { isSeenTo, isSo, type CurrentEvents } from './currentEvents';
import { Notifier } from './Notifier';
import { Outbox } from './Outbox';
import { Sender } from './Sender';

/** Tells owners what happens to their deliveries. */
export type NotificationsService = Pick<Notifier, 'observe' | 'keep'>;

/** The one {@link NotificationsService} of a backend; without configuration it is silent. */
export const notificationsServiceRef = createServiceRef<NotificationsService>({
  id: 'delivery.notifications',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        // Brings the tables of the plugin's database to their newest form.
        history: historyServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        rootLifecycle: coreServices.rootLifecycle,
      },
      async factory({
        config,
        database,
        lifecycle,
        logger,
        metrics,
        notifications,
        rootLifecycle,
      }) {
        const settings = readNotificationsConfig(config);
        if (!settings) {
          return { observe: () => {}, keep: () => {} };
        }
        const outbox = new Outbox(await database.getClient());
        const since = await outbox.begin(new Date());
        const sent = metrics.createCounter('delivery.notifications', {
          unit: '{notification}',
          description: 'Notifications that owners were sent',
        });
        const events: CurrentEvents = new Map();
        const sender = new Sender({
          outbox,
          notifications,
          logger,
          isSo: entry => isSo(entry, events),
          isSeenTo: entry => isSeenTo(entry, events, outbox.knex),
          onSent: ({ kind }) =>
            sent.add(1, { 'delivery.notification.kind': kind }),
        });
        const notifier = new Notifier({
          ...settings,
          events,
          outbox,
          sender,
          logger,
          since,
          retentionMs: durationToMilliseconds(
            readHistoryConfig(config).retention,
          ),
        });
        // Not before all plugins are there, the notifications backend among them.
        rootLifecycle.addStartupHook(() => sender.start());
        lifecycle.addShutdownHook(async () => {
          await notifier.stop();
          await sender.stop();
        });
        return notifier;
      },
    }),
});
