import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Observation } from './Marks';

/** Reads all that the plugin has written into its database, row by row. */
export function databaseReader() {
  let database: DatabaseService | undefined;
  return {
    module: createBackendModule({
      pluginId: 'delivery',
      moduleId: 'database-reader',
      register(reg) {
        reg.registerInit({
          deps: { database: coreServices.database },
          init: async deps => {
            database = deps.database;
          },
        });
      },
    }),
    async readRows(): Promise<Observation[]> {
      const knex = await database!.getClient();
      const tables: Array<{ name: string }> = await knex('sqlite_master')
        .where({ type: 'table' })
        .select('name');
      const rows = await Promise.all(
        tables.map(async ({ name }) =>
          (
            await knex(name).select()
          ).map(row => ({
            where: `table ${name}`,
            text: JSON.stringify(row),
          })),
        ),
      );
      return rows.flat();
    },
  };
}
