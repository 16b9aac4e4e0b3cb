import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { HistoryStore } from '../HistoryStore';
import { PostgresServer } from './PostgresServer';

const POSTGRES_ADDRESS = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** Both databases that a backend may have; PostgreSQL is a real server. */
export const databaseNames = ['SQLITE_3', 'POSTGRES_18'] as const;

/** Databases for the tests of one file. Call it where tests are described. */
export function historyDatabases() {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await PostgresServer.start();
    process.env[POSTGRES_ADDRESS] = server.connectionString;
  }, 60_000);
  // Registers its own cleaning up, and reads the address when a database is made.
  process.env[POSTGRES_ADDRESS] ??= 'set before the first test';
  const databases = TestDatabases.create({ ids: [...databaseNames] });
  afterAll(async () => {
    delete process.env[POSTGRES_ADDRESS];
    await server?.stop();
  });
  return {
    /** A new database with the tables of history. */
    async store(name: (typeof databaseNames)[number]): Promise<HistoryStore> {
      return storeOn(await databases.init(name));
    },
    empty: (name: (typeof databaseNames)[number]) => databases.init(name),
  };
}

/** History in a database. */
export function storeOn(knex: Knex): Promise<HistoryStore> {
  return HistoryStore.create({ getClient: async () => knex });
}
