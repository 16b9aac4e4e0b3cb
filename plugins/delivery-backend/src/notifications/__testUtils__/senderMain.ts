import { DefaultNotificationService } from '@backstage/plugin-notifications-node';
import { killable } from '../../history/__testUtils__/killable';
import { Outbox } from '../Outbox';
import { Sender } from '../Sender';

/*
 * A backend reduced to what sending needs: like every replica it writes down what it sees,
 * and sends what is due.
 */

interface Options {
  entries: Parameters<Outbox['add']>[0];
  notificationsUrl: string;
  token: string;
}

killable<Options>(async (options, { knex, logger, ready }) => {
  const { entries, notificationsUrl, token } = options;
  const outbox = new Outbox(knex);
  await outbox.add(entries);
  const sender = new Sender({
    outbox,
    logger,
    leaseMs: 1_500,
    sweepMs: 100,
    notifications: DefaultNotificationService.create({
      auth: {
        getOwnServiceCredentials: async () => ({}),
        getPluginRequestToken: async () => ({ token }),
      } as any,
      discovery: { getBaseUrl: async () => notificationsUrl } as any,
    }),
  });
  sender.start();
  ready();
  return () => sender.stop();
});
