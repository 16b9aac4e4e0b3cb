import { KindStatistics, KindTotals } from './types';

type Counted = Pick<
  KindStatistics,
  'group' | 'kind' | 'lists' | 'watches' | 'events'
>;

/** What a watch cost after it began: without its first list and its first request. */
export function totalsOf(statistics: Counted): KindTotals {
  const { group, kind, lists, watches, events } = statistics;
  return {
    group,
    kind,
    events,
    relists: Math.max(lists - 1, 0),
    reconnects: Math.max(watches - 1, 0),
  };
}

/** Both together, named as the first. */
export function addTotals<T extends KindTotals>(to: T, more: KindTotals): T {
  return {
    ...to,
    events: to.events + more.events,
    relists: to.relists + more.relists,
    reconnects: to.reconnects + more.reconnects,
  };
}
