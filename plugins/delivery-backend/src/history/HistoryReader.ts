import type {
  DeploymentHistory,
  Dora,
  RecordedDeployment,
  RunHistory,
} from '@golden-path/plugin-delivery-common';
import type { Knex } from 'knex';
import { inUsualOrder } from '../delivery/promotionOrder';
import { readCursor, writeCursor } from './cursor';
import {
  doraOf,
  DORA_WINDOW_MS,
  FAILURE_WINDOW_MS,
  type DoraOptions,
  type ProductionHistory,
} from './dora/doraOf';
import { healthyAt, inOrder } from './healthyAt';
import { productionHistory } from './productionHistory';
import {
  toDeployment,
  toHealthChange,
  toPromotion,
  toRun,
  toTimedRun,
  type HealthChange,
} from './rows';
import { DURATION_SAMPLES, usualDurations } from './usualDurations';

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

  /** The newest deployments and promotions, and the last deployment of each environment. */
  async deployments(
    pipeline: string,
    { limit }: { limit: number },
  ): Promise<DeploymentHistory> {
    const { knex } = this;
    const deployments = await this.#deployments(pipeline);
    const newestFirst = [...deployments].reverse();
    const environments = inUsualOrder(
      deployments.map(({ environment }) => environment),
    );
    const promotions = await knex('promotions')
      .where({ pipeline })
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    return {
      deployments: newestFirst.slice(0, limit),
      last: environments.flatMap(
        environment =>
          newestFirst.find(
            each =>
              each.environment === environment && each.outcome === 'succeeded',
          ) ?? [],
      ),
      promotions: promotions.map(toPromotion),
    };
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
    const histories: ProductionHistory[] = [];
    const productions = new Map(
      pipelines.map(each => [each.pipeline, each.production]),
    );
    for (const [pipeline, production] of productions) {
      histories.push(
        productionHistory({
          production,
          deployments: await this.#deployments(pipeline),
          healthChanges: await this.#healthChanges(pipeline),
          pushes: await this.#pushes(pipeline),
        }),
      );
    }
    return doraOf(histories, {
      windowMs: DORA_WINDOW_MS,
      failureWindowMs: FAILURE_WINDOW_MS,
      ...options,
    });
  }

  /** All of them, oldest end first. */
  async #deployments(pipeline: string): Promise<RecordedDeployment[]> {
    const rows = await this.knex('deployments')
      .where({ pipeline })
      .orderBy([
        { column: 'finished_at', order: 'asc' },
        { column: 'id', order: 'asc' },
      ]);
    const changes = inOrder(await this.#healthChanges(pipeline));
    const deployments = rows.map(toDeployment);
    return deployments.map((deployment, index) => {
      const isSameApplication = (other: { applicationUid: string }) =>
        other.applicationUid === deployment.applicationUid;
      const next = deployments
        .slice(index + 1)
        .find(each => isSameApplication(each) && each.outcome === 'succeeded');
      return deployment.outcome === 'succeeded'
        ? {
            ...deployment,
            healthyAt: healthyAt(
              deployment.finishedAt,
              changes.filter(isSameApplication),
              next && (next.startedAt ?? next.finishedAt),
            ),
          }
        : deployment;
    });
  }

  async #healthChanges(pipeline: string): Promise<HealthChange[]> {
    const rows = await this.knex('health_changes').where({ pipeline });
    return rows.map(toHealthChange);
  }

  /** The Sensor begins a build at the push, so the build's creation tells its time. */
  async #pushes(pipeline: string): Promise<ProductionHistory['pushes']> {
    const rows = await this.knex('runs')
      .where({ pipeline, purpose: 'build' })
      .whereNotNull('commit_sha')
      .select('commit_sha', 'created_at');
    return rows.map(row => ({
      commit: String(row.commit_sha),
      at: new Date(row.created_at).toISOString(),
    }));
  }
}
