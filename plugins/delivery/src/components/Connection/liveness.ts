import type {
  SourceHealth,
  StageStatus,
} from '@golden-path/plugin-delivery-common';
import type { Connection } from '../../follow';

/** How far what is shown can be trusted to be now. */
export type Liveness = {
  state: Connection['state'] | 'livePartly' | 'stale' | 'catchingUp';
  /** For icon and colour. */
  status: StageStatus;
  /** Moment from which on something shown may be outdated. */
  since?: string;
  /** Sources that do not deliver, worst first. */
  troubled: SourceHealth[];
};

const WORST_FIRST: SourceHealth['state'][] = [
  'stale',
  'forbidden',
  'not-installed',
  'syncing',
];

/**
 * Joins both halves of the truth: whether the browser hears of changes, and whether
 * the backend does. Only when both hold is it live.
 *
 * @param connection - between browser and backend
 * @param sources - of a delivery: what the backend hears from the clusters
 */
export function livenessOf(
  connection: Connection,
  sources: SourceHealth[],
): Liveness {
  const troubled = WORST_FIRST.flatMap(state =>
    sources.filter(source => source.state === state),
  );
  if (connection.state !== 'live') {
    return {
      state: connection.state,
      status: connection.state === 'polling' ? 'waiting' : 'suspended',
      since: 'since' in connection ? connection.since : undefined,
      troubled,
    };
  }
  if (troubled.length === 0) {
    return { state: 'live', status: 'succeeded', troubled };
  }
  if (troubled.every(source => source.state === 'syncing')) {
    return { state: 'catchingUp', status: 'running', troubled };
  }
  const outdated = outdatedSince(sources);
  return {
    state: outdated ? 'stale' : 'livePartly',
    status: 'suspended',
    since: outdated ?? oldestStale(sources)[0],
    troubled,
  };
}

/**
 * Since when everything shown may be outdated, because no source is live.
 *
 * @returns undefined where at least one source can be trusted, or where there is none
 */
export function outdatedSince(sources: SourceHealth[]): string | undefined {
  const stale = oldestStale(sources);
  return stale.length === sources.length ? stale[0] : undefined;
}

function oldestStale(sources: SourceHealth[]): string[] {
  return sources
    .filter(source => source.state === 'stale')
    .map(source => source.since)
    .sort();
}
