import type { LoggerService } from '@backstage/backend-plugin-api';
import { DefaultNotificationService } from '@backstage/plugin-notifications-node';
import knexFactory from 'knex';
import { Outbox } from '../Outbox';
import { Sender } from '../Sender';

/*
 * A backend reduced to what sending needs, to be killed: like every replica it writes down
 * what it sees, and sends what is due. SIGTERM ends it in good order.
 */

const { database, entries, notificationsUrl, token } = JSON.parse(
  process.env.KILLABLE_OPTIONS ?? '{}',
);

const say = (message: string) => process.stderr.write(`${message}\n`);
const logger: LoggerService = {
  error: say,
  warn: say,
  info: () => {},
  debug: () => {},
  child: () => logger,
};

async function main() {
  const knex = knexFactory(database);
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
  process.stdout.write('sending\n');
  process.once('SIGTERM', async () => {
    await sender.stop();
    await knex.destroy();
    process.exit(0);
  });
}

main().catch(error => {
  say(String(error));
  process.exit(1);
});
