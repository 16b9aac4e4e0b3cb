import {
  deliveryRowSchema,
  recordedDeploymentSchema,
  recordedPromotionSchema,
  recordedRunSchema,
  stepSchema,
  type RecordedDeployment,
  type RecordedPromotion,
  type RecordedRun,
} from '@golden-path/plugin-delivery-common';
import type { z } from 'zod';
import type { LastRun } from '../delivery/lastRun';
import { redactCredentials, withoutCredentials } from '../redactCredentials';
import type { HealthRecord, HistoryRecord } from './records';

/** A row as it goes into its table. */
export type Row = Record<string, unknown>;

/**
 * The row of a record. Whatever other programs wrote in words loses its credentials here,
 * on the only way into the database.
 */
export function toRow(record: HistoryRecord): Row {
  const { cluster, pipeline } = record;
  return { cluster, pipeline, ...columnsOf(record) };
}

function columnsOf(record: HistoryRecord): Row {
  switch (record.table) {
    case 'runs':
      return {
        uid: record.uid,
        namespace: record.namespace,
        name: record.name,
        purpose: record.purpose,
        phase: record.phase,
        status: record.status,
        image_tag: text(record.imageTag),
        commit_sha: text(record.commit),
        message: words(record.message),
        created_at: moment(record.createdAt),
        started_at: moment(record.startedAt),
        finished_at: moment(record.finishedAt),
        steps: JSON.stringify(withoutCredentials(record.steps)),
      };
    case 'deployments':
      return {
        application_uid: record.applicationUid,
        id: record.id,
        environment: record.environment,
        application: record.application,
        outcome: record.outcome,
        revision: text(record.revision),
        commit_sha: text(record.commit),
        image_tag: text(record.imageTag),
        message: words(record.message),
        initiated_by: text(record.by),
        started_at: moment(record.startedAt),
        finished_at: moment(record.finishedAt),
      };
    case 'health_changes':
      return {
        application_uid: record.applicationUid,
        environment: record.environment,
        health: text(record.health),
        since: moment(record.since),
      };
    default:
      return {
        id: record.id,
        from_environment: text(record.from),
        to_environment: record.to,
        commit_sha: text(record.commit),
        image_tag: text(record.imageTag),
        requested_by: text(record.by),
        pull_request: text(record.pullRequest),
        requested_at: moment(record.requestedAt),
      };
  }
}

/** Databases say `null` where nothing is; PostgreSQL stores no NUL characters. */
function text(value: string | undefined): string | null {
  return value?.replaceAll('\0', '') ?? null;
}

function words(value: string | undefined): string | null {
  return text(value && redactCredentials(value));
}

function moment(value: string | undefined): Date | null {
  return value === undefined ? null : new Date(value);
}

/** A row of `runs` as it is told. */
export function toRun(row: Row): RecordedRun {
  return recordedRunSchema.parse({
    uid: row.uid,
    namespace: row.namespace,
    name: row.name,
    phase: row.phase,
    ...timesOf(row),
    imageTag: row.image_tag ?? undefined,
    commit: row.commit_sha ?? undefined,
    message: row.message ?? undefined,
    createdAt: timestamp(row.created_at),
    steps: stepsOf(row.steps),
  });
}

const lastRunSchema = deliveryRowSchema.shape.lastRun.unwrap();

const timedRunSchema = recordedRunSchema.pick({
  purpose: true,
  status: true,
  startedAt: true,
  finishedAt: true,
  durationSeconds: true,
});

/** Of a row of `runs` what says how long it took. */
export function toTimedRun(row: Row): z.infer<typeof timedRunSchema> {
  return timedRunSchema.parse(timesOf(row));
}

/** A list reads runs by the hundred: without their steps. */
export const LAST_RUN_COLUMNS = [
  'pipeline',
  'name',
  'purpose',
  'status',
  'commit_sha',
  'created_at',
  'finished_at',
] as const;

/** {@link LAST_RUN_COLUMNS} of a row of `runs`. */
export function toFinishedRun(row: Row): LastRun {
  return lastRunSchema.parse({
    name: row.name,
    purpose: row.purpose,
    status: row.status,
    commit: row.commit_sha ?? undefined,
    createdAt: timestamp(row.created_at),
    finishedAt: timestamp(row.finished_at),
  });
}

function timesOf(row: Row) {
  const startedAt = timestamp(row.started_at);
  const finishedAt = timestamp(row.finished_at);
  return {
    purpose: row.purpose,
    status: row.status,
    startedAt,
    finishedAt,
    durationSeconds:
      startedAt && finishedAt
        ? Math.max(Date.parse(finishedAt) - Date.parse(startedAt), 0) / 1000
        : undefined,
  };
}

/** Steps that an older version wrote may lack what a newer one knows. */
function stepsOf(json: unknown): unknown[] {
  const steps: unknown = JSON.parse(String(json));
  return Array.isArray(steps)
    ? steps.filter(step => stepSchema.safeParse(step).success)
    : [];
}

/** A row of `deployments` as it is told, but for its health. */
export function toDeployment(row: Row): RecordedDeployment {
  return recordedDeploymentSchema.parse({
    environment: row.environment,
    application: row.application,
    applicationUid: row.application_uid,
    id: row.id,
    outcome: row.outcome,
    revision: row.revision ?? undefined,
    commit: row.commit_sha ?? undefined,
    imageTag: row.image_tag ?? undefined,
    message: row.message ?? undefined,
    by: row.initiated_by ?? undefined,
    startedAt: timestamp(row.started_at),
    finishedAt: timestamp(row.finished_at),
  });
}

/** What figures are made of is read by the hundred thousand: without what they do not need. */
export const SYNC_COLUMNS = [
  'pipeline',
  'environment',
  'application_uid',
  'id',
  'outcome',
  'revision',
  'commit_sha',
  'started_at',
  'finished_at',
] as const;

/** Of a deployment what figures are made of. */
export type Sync = Pick<
  RecordedDeployment,
  | 'environment'
  | 'applicationUid'
  | 'id'
  | 'outcome'
  | 'revision'
  | 'commit'
  | 'startedAt'
  | 'finishedAt'
>;

/** {@link SYNC_COLUMNS} of a row of `deployments`. */
export function toSync(row: Row): Sync {
  return {
    environment: String(row.environment),
    applicationUid: String(row.application_uid),
    id: String(row.id),
    outcome: row.outcome === 'failed' ? 'failed' : 'succeeded',
    revision: row.revision ? String(row.revision) : undefined,
    commit: row.commit_sha ? String(row.commit_sha) : undefined,
    startedAt: timestamp(row.started_at),
    finishedAt: timestamp(row.finished_at) ?? '',
  };
}

/** What the health of an Application came to, and when. */
export type HealthChange = Pick<
  HealthRecord,
  'applicationUid' | 'environment' | 'health' | 'since'
>;

/** A row of `health_changes`. */
export function toHealthChange(row: Row): HealthChange {
  return {
    applicationUid: String(row.application_uid),
    environment: String(row.environment),
    health: String(row.health),
    since: timestamp(row.since) ?? '',
  };
}

/** A row of `promotions` as it is told. */
export function toPromotion(row: Row): RecordedPromotion {
  return recordedPromotionSchema.parse({
    id: row.id,
    from: row.from_environment ?? undefined,
    to: row.to_environment,
    commit: row.commit_sha ?? undefined,
    imageTag: row.image_tag ?? undefined,
    by: row.requested_by ?? undefined,
    pullRequest: row.pull_request ?? undefined,
    requestedAt: timestamp(row.requested_at),
  });
}

/** SQLite tells milliseconds, PostgreSQL a date. */
export function timestamp(value: unknown): string | undefined {
  return value === null || value === undefined
    ? undefined
    : new Date(value as string | number | Date).toISOString();
}
