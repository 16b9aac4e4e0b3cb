import type {
  RecordedDeployment,
  RecordedPromotion,
  RecordedRun,
} from '@golden-path/plugin-delivery-common';

interface OfPipeline {
  cluster: string;
  /** From `pipelineKey`. */
  pipeline: string;
}

/** A finished run. */
export interface RunRecord
  extends OfPipeline,
    Omit<RecordedRun, 'durationSeconds'> {
  table: 'runs';
}

/** A sync of an environment's Application that ended. */
export interface DeploymentRecord
  extends OfPipeline,
    Omit<RecordedDeployment, 'healthyAt'> {
  table: 'deployments';
}

/** What the health of an environment's Application came to. */
export interface HealthRecord extends OfPipeline {
  table: 'health_changes';
  environment: string;
  applicationUid: string;
  /** Argo CD's word. */
  health: string;
  /** ISO 8601. */
  since: string;
}

/** A request to bring a commit to the next environment. */
export interface PromotionRecord extends OfPipeline, RecordedPromotion {
  table: 'promotions';
}

/** A fact of the cluster that is kept when the cluster forgets it. */
export type HistoryRecord =
  | RunRecord
  | DeploymentRecord
  | HealthRecord
  | PromotionRecord;

/** The id that the cluster itself gave to a fact, the same for all who see it. */
export function naturalId(record: HistoryRecord): string {
  return JSON.stringify([record.table, record.cluster, ...ownId(record)]);
}

function ownId(record: HistoryRecord): string[] {
  switch (record.table) {
    case 'runs':
      return [record.uid];
    case 'deployments':
      return [record.applicationUid, record.id];
    case 'health_changes':
      return [record.applicationUid, record.since, record.health];
    default:
      return [record.id];
  }
}
