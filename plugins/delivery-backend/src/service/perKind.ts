import type { WatchedKindHealth } from '@golden-path/plugin-delivery-common';

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
 */
export function perKind(
  watches: readonly WatchedKindHealth[],
): WatchedKindHealth[] {
  const kinds = new Map<string, WatchedKindHealth>();
  for (const watch of watches) {
    const key = `${watch.group}/${watch.kind}`;
    const known = kinds.get(key);
    kinds.set(key, known ? together(known, watch) : watch);
  }
  return [...kinds.values()];
}

function together(
  a: WatchedKindHealth,
  b: WatchedKindHealth,
): WatchedKindHealth {
  const urgency = ({ state }: WatchedKindHealth) => BY_URGENCY.indexOf(state);
  const worst = urgency(b) < urgency(a) ? b : a;
  return {
    ...worst,
    version: a.version ?? b.version,
    objects: a.objects + b.objects,
    events: a.events + b.events,
    relists: a.relists + b.relists,
    reconnects: a.reconnects + b.reconnects,
    lastEventAt: [a.lastEventAt, b.lastEventAt]
      .filter(at => at !== undefined)
      .sort()
      .at(-1),
    ageSeconds: Math.max(a.ageSeconds, b.ageSeconds),
  };
}
