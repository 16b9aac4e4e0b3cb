import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  deliveryListQuerySchema,
  stageStatusSchema,
} from '@golden-path/plugin-delivery-common';
import type {
  DeliveryListQuery,
  StageStatus,
} from '@golden-path/plugin-delivery-common';

export const PAGE_SIZE = 50;

/** What the page shows, all of which is in its URL. */
export type FleetQuery = {
  owner?: string;
  status: StageStatus[];
  cluster?: string;
  search: string;
  sort: DeliveryListQuery['sort'];
  order: 'asc' | 'desc';
  /** Where a page after the first begins. */
  cursor?: string;
  /** From one; only for the reader, the cursor decides. */
  page: number;
};

/** The order in which a column is most useful, as the backend has it. */
export function usualOrder(sort: FleetQuery['sort']): 'asc' | 'desc' {
  return sort === 'lastDeployed' || sort === 'lastRun' ? 'desc' : 'asc';
}

/** The full reference of an owner, whom people also name as entities do: `team-a`. */
function ownerOf(text: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind: 'group' }));
  } catch {
    return undefined;
  }
}

/**
 * Reads the query from a URL. What is not understood counts as not given: an old link
 * shows a list rather than an error.
 */
export function fleetQueryOf(params: URLSearchParams): FleetQuery {
  const { shape } = deliveryListQuerySchema;
  const statuses = params
    .getAll('status')
    .flatMap(text => stageStatusSchema.safeParse(text).data ?? []);
  // What needs somebody stands first.
  const sort =
    shape.sort.unwrap().safeParse(params.get('sort')).data ?? 'status';
  const cursor = shape.cursor.safeParse(params.get('cursor')).data;
  const page = Number.parseInt(params.get('page') ?? '', 10);
  return {
    owner: shape.owner.safeParse(ownerOf(params.get('owner') ?? '')).data?.[0],
    status: [...new Set(statuses)],
    cluster: shape.cluster.safeParse(params.get('cluster')).data?.[0],
    search: (params.get('search') ?? '').slice(0, 200),
    sort,
    order:
      shape.order.unwrap().safeParse(params.get('order')).data ??
      usualOrder(sort),
    cursor,
    page: cursor && page > 1 ? page : 1,
  };
}

/** Writes a query into a URL, without what goes without saying. */
export function fleetParamsOf(query: FleetQuery): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | undefined, usual?: string) => {
    if (value && value !== usual) {
      params.set(name, value);
    }
  };
  set('owner', query.owner);
  query.status.forEach(status => params.append('status', status));
  set('cluster', query.cluster);
  set('search', query.search);
  set('sort', query.sort, 'status');
  set('order', query.order, usualOrder(query.sort));
  if (query.cursor) {
    set('cursor', query.cursor);
    set('page', String(query.page));
  }
  return params;
}

/** The query as the backend wants it. */
export function requestOf(query: FleetQuery): Partial<DeliveryListQuery> {
  return {
    owner: query.owner ? [query.owner] : undefined,
    status: query.status.length > 0 ? query.status : undefined,
    cluster: query.cluster ? [query.cluster] : undefined,
    search: query.search.trim() || undefined,
    sort: query.sort,
    order: query.order,
    limit: PAGE_SIZE,
    cursor: query.cursor,
  };
}

/** Whether the query leaves anything out. */
export function isFiltered(query: FleetQuery): boolean {
  return Boolean(
    query.owner || query.cluster || query.search || query.status.length,
  );
}
