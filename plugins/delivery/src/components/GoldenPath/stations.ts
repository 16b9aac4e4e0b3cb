import type { Stage, StageStatus } from '@golden-path/plugin-delivery-common';

/**
 * One stop of the path: a stage, or deploy and run of one environment together.
 */
export type Station = {
  id: string;
  kind: Exclude<Stage['kind'], 'deploy' | 'run'> | 'environment';
  environment?: string;
  status: StageStatus;
  /** At least one. */
  stages: Stage[];
};

/** What wins when several stages make one status. */
const BY_URGENCY: StageStatus[] = [
  'failed',
  'missing',
  'unknown',
  'suspended',
  'running',
  'waiting',
  'succeeded',
];

/**
 * The stage of a station that has most to say: a cause before its effects, and where all is
 * well what came of it, such as the commit that runs.
 */
export function leadingStage({ stages }: Station): Stage {
  const [worst] = [...stages].sort(
    (a, b) => BY_URGENCY.indexOf(a.status) - BY_URGENCY.indexOf(b.status),
  );
  return worst.status === 'succeeded' ? stages[stages.length - 1] : worst;
}

/**
 * Groups stages into stations, in the order of the path.
 *
 * @param stages - of a delivery
 */
export function stationsOf(stages: Stage[]): Station[] {
  const stations: Station[] = [];
  for (const stage of stages) {
    const { kind, environment, status } = stage;
    const last = stations.at(-1);
    if (kind !== 'deploy' && kind !== 'run') {
      stations.push({
        id: stage.id,
        kind,
        environment,
        status,
        stages: [stage],
      });
    } else if (
      last?.kind === 'environment' &&
      last.environment === environment
    ) {
      last.stages.push(stage);
      last.status = leadingStage(last).status;
    } else {
      stations.push({
        id: `environment:${environment}`,
        kind: 'environment',
        environment,
        status,
        stages: [stage],
      });
    }
  }
  return stations;
}

/**
 * The station where work is going on now: the furthest one, where several move.
 *
 * @returns undefined where nothing moves
 */
export function currentStation(stations: Station[]): Station | undefined {
  return stations.filter(station => station.status === 'running').at(-1);
}
