import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { naturalId, type HistoryRecord } from './records';
import { toRow, type Row } from './rows';

const migrations = resolvePackagePath(
  '@golden-path/plugin-delivery-backend',
  'migrations',
);

/** Rows of one statement; SQLite allows not many more. */
const CHUNK = 100;

type Table = HistoryRecord['table'];

/** Always in this order, so that replicas never wait for each other in a circle. */
const TABLES: readonly Table[] = [
  'runs',
  'deployments',
  'health_changes',
  'promotions',
];

/** Writes history. Any number of replicas may write the same facts, in any order. */
export class HistoryStore {
  /** Brings the tables of the plugin's database to their newest form first. */
  static async create(
    database: Pick<DatabaseService, 'getClient' | 'migrations'>,
  ): Promise<HistoryStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: migrations });
    }
    return new HistoryStore(knex);
  }

  private constructor(readonly knex: Knex) {}

  /** Writes all or none. */
  async write(records: readonly HistoryRecord[]): Promise<void> {
    const ordered = [...records].sort((a, b) =>
      naturalId(a) < naturalId(b) ? -1 : 1,
    );
    await this.knex.transaction(async transaction => {
      for (const table of TABLES) {
        const rows = ordered.filter(each => each.table === table).map(toRow);
        for (let from = 0; from < rows.length; from += CHUNK) {
          await upsert(transaction, table, rows.slice(from, from + CHUNK));
        }
      }
    });
  }

  /** Whether the database answers at all. */
  async answers(): Promise<boolean> {
    try {
      await this.knex.select(this.knex.raw('1'));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Forgets what ended before a moment, but for what held at that moment: of each
   * Application the last deployment that succeeded and the health. What owners were told is
   * forgotten as well.
   *
   * @returns how many rows are gone
   */
  async prune(before: Date): Promise<number> {
    const { knex } = this;
    const older = (table: Table, time: string) =>
      knex(table).where(time, '<', before);
    const superseded = (table: Table, time: string, newer: Knex.Raw) =>
      older(table, time).whereExists(
        knex
          .select(knex.raw('1'))
          .from({ newer: table })
          .where(`newer.${time}`, '<=', before)
          .whereRaw('?? > ??', [`newer.${time}`, `${table}.${time}`])
          .whereRaw('?? = ??', ['newer.cluster', `${table}.cluster`])
          .whereRaw('?? = ??', [
            'newer.application_uid',
            `${table}.application_uid`,
          ])
          .whereRaw(newer),
      );
    const gone = [
      await older('runs', 'finished_at').delete(),
      await older('promotions', 'requested_at').delete(),
      await knex('step_logs').where('finished_at', '<', before).delete(),
      await superseded(
        'deployments',
        'finished_at',
        knex.raw('newer.outcome = ?', ['succeeded']),
      ).delete(),
      await superseded('health_changes', 'since', knex.raw('1 = 1')).delete(),
      await knex('notifications').where('due_at', '<', before).delete(),
    ];
    return gone.reduce((sum, count) => sum + count, 0);
  }
}

async function upsert(knex: Knex, table: Table, rows: Row[]): Promise<void> {
  const insert = knex(table).insert(rows);
  /** What is known is not replaced by nothing. */
  const known = (...columns: string[]) =>
    Object.fromEntries(
      columns.map(column => [
        column,
        knex.raw('coalesce(??, ??)', [
          `excluded.${column}`,
          `${table}.${column}`,
        ]),
      ]),
    );
  switch (table) {
    case 'runs':
      // A retried Workflow ends again, later, under the same uid.
      await insert
        .onConflict(['cluster', 'uid'])
        .merge()
        .whereRaw('excluded.finished_at >= runs.finished_at');
      return;
    case 'deployments':
      await insert
        .onConflict(['cluster', 'application_uid', 'id'])
        .merge(
          known(
            'pipeline',
            'environment',
            'commit_sha',
            'image_tag',
            'message',
            'started_at',
          ),
        );
      return;
    case 'health_changes':
      await insert
        .onConflict(['cluster', 'application_uid', 'since', 'health'])
        .ignore();
      return;
    default:
      await insert.onConflict(['cluster', 'id']).merge(
        known(
          'from_environment',
          'commit_sha',
          'image_tag',
          'requested_by',
          'pull_request',
          // A pull request that waits is asked for again, for a newer image.
          'requested_at',
        ),
      );
  }
}
