import type { WatchedKindHealth } from '@golden-path/plugin-delivery-common';
import type { ClusterWatch, KindStatistics } from '../kubernetes';
import { totalsOf } from '../kubernetes/kindTotals';
import { perKind } from './perKind';
import { toWatchedKindHealth } from './toWatchedKindHealth';

/**
 * The figures of each kind that is watched in a cluster. What was counted stays counted:
 * also of watches that ended, and of those that are not told of any more.
 */
export function watchedKindsOf(
  watch: Pick<ClusterWatch, 'statistics' | 'ended'>,
  now: Date,
): WatchedKindHealth[] {
  const all = watch.statistics();
  return perKind(
    all.filter(isMissed).map(each => toWatchedKindHealth(each, now)),
    [...watch.ended(), ...all.filter(each => !isMissed(each)).map(totalsOf)],
  );
}

/** Most accounts may not read the kinds of parts, and nobody is told of that. */
function isMissed({ optional, state }: KindStatistics): boolean {
  return !optional || state !== 'forbidden';
}
