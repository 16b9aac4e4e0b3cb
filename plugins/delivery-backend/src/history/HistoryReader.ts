import type {
  DeploymentHistory,
  Dora,
  RecordedPromotion,
  RunHistory,
} from '@golden-path/plugin-delivery-common';
import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import { laterOf, type LastRun } from '../delivery/lastRun';
import { inSlices } from '../service/inSlices';
import { readCursor, writeCursor } from './cursor';
import {
  doraOf,
  DORA_WINDOW_MS,
  FAILURE_WINDOW_MS,
  readPipeline,
  type DoraOptions,
  type ReadPipeline,
} from './dora/doraOf';
import { newestDeployments, type HowMany } from './newestDeployments';
import { productionHistory } from './productionHistory';
import {
  LAST_RUN_COLUMNS,
  SYNC_COLUMNS,
  toFinishedRun,
  toHealthChange,
  toPromotion,
  toRun,
  toSync,
  toTimedRun,
} from './rows';
import { DURATION_SAMPLES, usualDurations } from './usualDurations';

/** The figures where nothing else is asked for. */
const DORA = { windowMs: DORA_WINDOW_MS, failureWindowMs: FAILURE_WINDOW_MS };

/** Pipelines that are read at once: databases bound the values of one question. */
const TOGETHER = 100;

/** Reads what was recorded of pipelines, which are named by `pipelineKey`. */
export class HistoryReader {
  constructor(private readonly knex: Knex) {}

  /**
   * Finished runs, newest end first.
   *
   * @param page - `limit` runs after those that end with `cursor`
   * @throws InputError for a cursor that is none
   */
  async runs(
    pipeline: string,
    page: { limit: number; cursor?: string },
  ): Promise<RunHistory> {
    const query = this.knex('runs').where({ pipeline });
    if (page.cursor !== undefined) {
      const [finishedAt, uid] = readCursor(page.cursor);
      const end = new Date(finishedAt);
      query.where(older =>
        older
          .where('finished_at', '<', end)
          .orWhere(same =>
            same.where('finished_at', end).where('uid', '<', uid),
          ),
      );
    }
    const rows = await query
      .orderBy([
        { column: 'finished_at', order: 'desc' },
        { column: 'uid', order: 'desc' },
      ])
      .limit(page.limit + 1);
    const runs = rows.slice(0, page.limit).map(toRun);
    const last = runs.at(-1);
    return {
      runs,
      nextCursor:
        rows.length > page.limit && last
          ? writeCursor([last.finishedAt, last.uid])
          : undefined,
      usualDurations: await this.usualDurations(pipeline),
    };
  }

  /**
   * Of each of these pipelines the run that began last of those that ended; nothing of
   * those without any.
   */
  async lastRuns(
    pipelines: readonly string[],
  ): Promise<ReadonlyMap<string, LastRun>> {
    const newest = this.knex('runs')
      .whereIn('pipeline', pipelines)
      .groupBy('pipeline')
      .select('pipeline')
      .max({ newest_at: 'created_at' })
      .as('newest');
    const rows = await this.knex('runs')
      .join(newest, last =>
        last
          .on('runs.pipeline', 'newest.pipeline')
          .andOn('runs.created_at', 'newest.newest_at'),
      )
      .select(LAST_RUN_COLUMNS.map(column => `runs.${column}`));
    const runs = new Map<string, LastRun>();
    for (const row of rows) {
      const run = toFinishedRun(row);
      // Several may have begun in one second.
      runs.set(row.pipeline, laterOf(run, runs.get(row.pipeline)));
    }
    return runs;
  }

  /** How long the runs of a pipeline usually take, by purpose. */
  async usualDurations(
    pipeline: string,
  ): Promise<RunHistory['usualDurations']> {
    const purposes = await this.knex('runs')
      .where({ pipeline, status: 'succeeded' })
      .distinct('purpose');
    const newest = await Promise.all(
      purposes.map(({ purpose }) =>
        this.knex('runs')
          .where({ pipeline, status: 'succeeded', purpose })
          .orderBy('finished_at', 'desc')
          .limit(DURATION_SAMPLES)
          .select('purpose', 'status', 'started_at', 'finished_at'),
      ),
    );
    return usualDurations(newest.flat().map(toTimedRun));
  }

  /**
   * The newest deployments and promotions, and the last deployment of each environment.
   *
   * @param howMany - of deployments; of promotions the newest `limit`
   */
  async deployments(
    pipeline: string,
    howMany: HowMany,
  ): Promise<DeploymentHistory> {
    const { knex } = this;
    const [deployments, changes, promotions] = await Promise.all([
      knex('deployments')
        .where({ pipeline })
        .orderBy([
          { column: 'finished_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ]),
      this.#healthChanges([pipeline]),
      knex('promotions')
        .where({ pipeline })
        .orderBy([
          { column: 'requested_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(howMany.limit),
    ]);
    return {
      ...newestDeployments(deployments, changes.get(pipeline) ?? [], howMany),
      promotions: promotions.map(toPromotion),
    };
  }

  /** The promotions that were asked for by a pull request since a moment, and of which pipeline. */
  async promotionsSince(
    since: Date,
  ): Promise<Array<RecordedPromotion & { pipeline: string }>> {
    const rows = await this.knex('promotions')
      .where('requested_at', '>=', since)
      .whereNotNull('pull_request');
    return rows.map(row => ({ ...toPromotion(row), pipeline: row.pipeline }));
  }

  /**
   * The DORA figures of pipelines taken together: of the one of an entity, or of all that
   * an owner has.
   *
   * @param pipelines - each with its production environment; where that is not known, it is
   * the last of those that are in the history
   * @param options - without them the 30 days until now
   */
  async dora(
    pipelines: ReadonlyArray<{ pipeline: string; production?: string }>,
    options: { now: Date } & Partial<Omit<DoraOptions, 'now'>>,
  ): Promise<Dora> {
    const productions = new Map(pipelines.map(each => [each.pipeline, each]));
    const all = { ...DORA, ...options };
    return doraOf(await this.#production([...productions.values()], all), all);
  }

  /**
   * The DORA figures of each of some pipelines by itself, in their order; all together
   * cost as many questions as one.
   *
   * @param pipelines - each with its production environment, as for {@link HistoryReader.dora}
   * @param options - without them the 30 days until now
   */
  async doraOfEach(
    pipelines: ReadonlyArray<{ pipeline: string; production?: string }>,
    options: { now: Date } & Partial<Omit<DoraOptions, 'now'>>,
  ): Promise<Dora[]> {
    const all = { ...DORA, ...options };
    const read = await this.#production(pipelines, all);
    return read.map(each => doraOf([each], all));
  }

  /** What the figures of pipelines are made of, in their order. */
  async #production(
    pipelines: ReadonlyArray<{ pipeline: string; production?: string }>,
    options: Pick<DoraOptions, 'failureWindowMs'>,
  ): Promise<ReadPipeline[]> {
    const read: ReadPipeline[] = [];
    for (let start = 0; start < pipelines.length; start += TOGETHER) {
      const some = pipelines.slice(start, start + TOGETHER);
      const names = some.map(({ pipeline }) => pipeline);
      const [deployments, healthChanges, pushes] = await Promise.all([
        this.#syncs(names),
        this.#healthChanges(names),
        this.#pushes(names),
      ]);
      await inSlices(some, ({ pipeline, production }) => {
        const history = productionHistory({
          production,
          deployments: deployments.get(pipeline) ?? [],
          healthChanges: healthChanges.get(pipeline) ?? [],
          pushes: pushes.get(pipeline) ?? [],
        });
        read.push(readPipeline(history, options));
      });
      // SQLite answers without letting anything else have its turn.
      await setImmediate();
    }
    return read;
  }

  /** Of deployments what figures are made of, by pipeline, in any order. */
  async #syncs(pipelines: readonly string[]) {
    const rows = await this.knex('deployments')
      .whereIn('pipeline', pipelines)
      .select(SYNC_COLUMNS);
    return byPipeline(rows, toSync);
  }

  async #healthChanges(pipelines: readonly string[]) {
    const rows = await this.knex('health_changes').whereIn(
      'pipeline',
      pipelines,
    );
    return byPipeline(rows, toHealthChange);
  }

  /** The Sensor begins a build at the push, so the build's creation tells its time. */
  async #pushes(pipelines: readonly string[]) {
    const rows = await this.knex('runs')
      .whereIn('pipeline', pipelines)
      .where({ purpose: 'build' })
      .whereNotNull('commit_sha')
      .select('pipeline', 'commit_sha', 'created_at');
    return byPipeline(rows, row => ({
      commit: String(row.commit_sha),
      at: new Date(row.created_at).toISOString(),
    }));
  }
}

function byPipeline<Row extends { pipeline: string }, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const row of rows) {
    const list = lists.get(row.pipeline) ?? [];
    list.push(read(row));
    lists.set(row.pipeline, list);
  }
  return lists;
}
