import type { WatchedKindHealth } from '@golden-path/plugin-delivery-common';
import type { KindStatistics } from '../kubernetes';

/** The figures of one kind as health and metrics tell them. */
export function toWatchedKindHealth(
  statistics: KindStatistics,
  now: Date,
): WatchedKindHealth {
  const { group, version, kind, state, since, lastEventAt } = statistics;
  const alive = Math.max(since.getTime(), lastEventAt?.getTime() ?? 0);
  return {
    group,
    version,
    kind,
    state,
    since: since.toISOString(),
    objects: statistics.objects,
    events: statistics.events,
    relists: Math.max(statistics.lists - 1, 0),
    reconnects: Math.max(statistics.watches - 1, 0),
    lastEventAt: lastEventAt?.toISOString(),
    ageSeconds: Math.max(now.getTime() - alive, 0) / 1000,
  };
}
