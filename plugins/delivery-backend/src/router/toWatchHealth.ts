import type { WatchHealth } from '@golden-path/plugin-delivery-common';
import type { DeliveryStatistics } from '../service/DeliveryService';
import type { OpenStreams } from './OpenStreams';

/** The answer of the health route. */
export function toWatchHealth(
  statistics: DeliveryStatistics,
  streams: OpenStreams,
): WatchHealth {
  const kinds = statistics.clusters.flatMap(cluster => cluster.kinds);
  const isDegraded = kinds.some(
    ({ state }) => state === 'stale' || state === 'forbidden',
  );
  return {
    status: isDegraded ? 'degraded' : 'ok',
    ...statistics,
    openStreams: streams.count,
  };
}
