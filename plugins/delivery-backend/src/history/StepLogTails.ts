import {
  logLineSchema,
  type LogLine,
} from '@golden-path/plugin-delivery-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { redactCredentials } from '../redactCredentials';

/** The last lines of a step that failed. */
export interface StepLogTail {
  cluster: string;
  /** From `pipelineKey`. */
  pipeline: string;
  runUid: string;
  run: string;
  /** Id of the step, or of the attempt at it. */
  node: string;
  stepId: string;
  step: string;
  pod: string;
  container: string;
  /** As they may be shown. */
  lines: readonly LogLine[];
  /** Whether there were more before them. */
  isCut: boolean;
  /** ISO 8601. */
  finishedAt: string;
}

const linesSchema = z.array(logLineSchema);
const TABLE = 'step_logs';
const KEY = ['cluster', 'run_uid', 'node'];

/** Keeps what steps that failed said last, for when their pods are gone. */
export class StepLogTails {
  constructor(private readonly knex: Knex) {}

  /** Whether the log of this end of a step is here; a step that is retried ends again. */
  async has({
    cluster,
    runUid,
    node,
    finishedAt,
  }: Pick<
    StepLogTail,
    'cluster' | 'runUid' | 'node' | 'finishedAt'
  >): Promise<boolean> {
    const row = await this.knex(TABLE)
      .where({ cluster, run_uid: runUid, node })
      .where('finished_at', '>=', new Date(finishedAt))
      .first('node');
    return row !== undefined;
  }

  /** Any number of replicas may write the same. */
  async write(tail: StepLogTail): Promise<void> {
    const lines = tail.lines.map(({ time, text }) => ({
      time,
      text: redactCredentials(text),
    }));
    await this.knex(TABLE)
      .insert({
        cluster: tail.cluster,
        run_uid: tail.runUid,
        node: tail.node,
        pipeline: tail.pipeline,
        run: tail.run,
        step_id: tail.stepId,
        step: tail.step,
        pod: tail.pod,
        container: tail.container,
        lines: JSON.stringify(lines),
        is_cut: tail.isCut,
        finished_at: new Date(tail.finishedAt),
      })
      .onConflict(KEY)
      .merge()
      .whereRaw('excluded.finished_at >= step_logs.finished_at');
  }

  /**
   * The newest of a step.
   *
   * @param step - its id, that of an attempt at it, or its name
   */
  async find(
    pipeline: string,
    { run, step }: { run: string; step: string },
  ): Promise<StepLogTail | undefined> {
    const row = await this.knex(TABLE)
      .where({ pipeline, run })
      .where(any =>
        any.where('node', step).orWhere('step_id', step).orWhere('step', step),
      )
      .orderBy('finished_at', 'desc')
      .first();
    return (
      row && {
        cluster: row.cluster,
        pipeline: row.pipeline,
        runUid: row.run_uid,
        run: row.run,
        node: row.node,
        stepId: row.step_id,
        step: row.step,
        pod: row.pod,
        container: row.container,
        lines: linesSchema.parse(JSON.parse(row.lines)),
        // SQLite has numbers only.
        isCut: Boolean(row.is_cut),
        finishedAt: new Date(row.finished_at).toISOString(),
      }
    );
  }

  /** Forgets all of them. */
  async clear(): Promise<void> {
    await this.knex(TABLE).delete();
  }
}
