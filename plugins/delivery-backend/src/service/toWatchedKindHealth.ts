import type { WatchedKindHealth } from '@golden-path/plugin-delivery-common';
import type { KindStatistics } from '../kubernetes';
import { totalsOf } from '../kubernetes/kindTotals';

/** The figures of one kind as health and metrics tell them. */
export function toWatchedKindHealth(
  statistics: KindStatistics,
  now: Date,
): WatchedKindHealth {
  const { version, state, since, lastEventAt } = statistics;
  const alive = Math.max(since.getTime(), lastEventAt?.getTime() ?? 0);
  return {
    ...totalsOf(statistics),
    version,
    state,
    since: since.toISOString(),
    objects: statistics.objects,
    lastEventAt: lastEventAt?.toISOString(),
    ageSeconds: Math.max(now.getTime() - alive, 0) / 1000,
  };
}
