import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';

/** What a {@link killable} has. */
export interface Surroundings {
  knex: Knex;
  /** Prints what went wrong, and nothing else. */
  logger: LoggerService;
  /** Tells the `KillableProcess` that it does its work now. */
  ready: () => void;
}

/**
 * A part of a backend in a process of its own, for `KillableProcess`: with the options that
 * it gives, of which `database` is knex's, until SIGTERM ends it in good order.
 *
 * @param start - resolves with what ends it
 */
export function killable<Options>(
  start: (
    options: Options,
    surroundings: Surroundings,
  ) => Promise<() => Promise<void>>,
): void {
  const { database, ...options } = JSON.parse(
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
    const stop = await start(options, {
      knex,
      logger,
      ready: () => process.stdout.write('ready\n'),
    });
    process.once('SIGTERM', async () => {
      await stop();
      await knex.destroy();
      process.exit(0);
    });
  }

  main().catch(error => {
    say(String(error));
    process.exit(1);
  });
}
