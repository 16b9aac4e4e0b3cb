import type { WatchedKindHealth } from '@golden-path/plugin-delivery-common';
import type { KindTotals } from '../kubernetes';
import { addTotals } from '../kubernetes/kindTotals';

/** The worst first: of several watches it is the one to know of. */
const BY_URGENCY: ReadonlyArray<WatchedKindHealth['state']> = [
  'forbidden',
  'stale',
  'syncing',
  'not-installed',
  'live',
];

/**
 * One entry per kind: several parts of it may be watched, such as the pods of single
 * workloads, and whoever looks at figures has no use for each.
 *
 * @param further - what is counted besides, of these kinds and maybe of others
 */
export function perKind(
  watches: readonly WatchedKindHealth[],
  further: readonly KindTotals[],
): WatchedKindHealth[] {
  const kinds = new Map<string, WatchedKindHealth>();
  for (const watch of watches) {
    const key = keyOf(watch);
    const known = kinds.get(key);
    kinds.set(key, known ? together(known, watch) : watch);
  }
  for (const totals of further) {
    const known = kinds.get(keyOf(totals));
    if (known) {
      kinds.set(keyOf(totals), addTotals(known, totals));
    }
  }
  return [...kinds.values()];
}

function keyOf({ group, kind }: { group: string; kind: string }): string {
  return `${group}/${kind}`;
}

function together(
  a: WatchedKindHealth,
  b: WatchedKindHealth,
): WatchedKindHealth {
  const urgency = ({ state }: WatchedKindHealth) => BY_URGENCY.indexOf(state);
  const worst = urgency(b) < urgency(a) ? b : a;
  return {
    ...addTotals(a, b),
    state: worst.state,
    since: worst.since,
    version: a.version ?? b.version,
    objects: a.objects + b.objects,
    lastEventAt: [a.lastEventAt, b.lastEventAt]
      .filter(at => at !== undefined)
      .sort()
      .at(-1),
    ageSeconds: Math.max(a.ageSeconds, b.ageSeconds),
  };
}
