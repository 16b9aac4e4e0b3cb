import {
  stageStatusSchema,
  type DeliveryList,
  type DeliveryListQuery,
  type DeliveryRow,
} from '@golden-path/plugin-delivery-common';
import { readCursor, writeCursor } from './cursor';
import { comparePositions, positionOf } from './order';

/** A row, and what it can be found by. */
export interface FoundRow {
  row: DeliveryRow;
  /** Entity references of all owners. */
  owners: readonly string[];
}

/**
 * Picks the rows that a query asks for. Pages go on after the last row of the page before,
 * so that no row is skipped or told twice when others come, go or change.
 *
 * @throws InputError for a cursor that is none of this order
 */
export function pageOf(
  rows: readonly FoundRow[],
  query: DeliveryListQuery,
): Omit<DeliveryList, 'sources'> {
  const by = { sort: query.sort, order: query.order ?? orderOf(query.sort) };
  const after =
    query.cursor === undefined ? undefined : readCursor(query.cursor, by);
  const candidates = rows.filter(each => isAskedFor(each, query));
  const matching = query.status
    ? candidates.filter(({ row }) => query.status?.includes(row.summary.status))
    : candidates;
  const following = matching
    .map(({ row }) => ({ row, position: positionOf(row, by.sort) }))
    .filter(
      ({ position }) =>
        !after || comparePositions(position, after, by.order) > 0,
    )
    .sort((a, b) => comparePositions(a.position, b.position, by.order));
  const page = following.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ row }) => row),
    totalItems: matching.length,
    nextCursor:
      last && following.length > page.length
        ? writeCursor(by, last.position)
        : undefined,
    statuses: countStatuses(candidates),
  };
}

function orderOf(sort: DeliveryListQuery['sort']): 'asc' | 'desc' {
  return sort === 'lastDeployed' || sort === 'lastRun' ? 'desc' : 'asc';
}

/** Whether a query is about a row, whatever its status. */
export function isAskedFor(
  { row, owners }: FoundRow,
  {
    owner,
    cluster,
    search,
  }: Pick<DeliveryListQuery, 'owner' | 'cluster' | 'search'>,
): boolean {
  return (
    (!owner || owners.some(each => owner.includes(each))) &&
    (!cluster || cluster.includes(row.cluster)) &&
    (!search || contains(row, search.toLowerCase()))
  );
}

function contains({ entityRef, title }: DeliveryRow, text: string): boolean {
  return (
    entityRef.toLowerCase().includes(text) ||
    (title?.toLowerCase().includes(text) ?? false)
  );
}

function countStatuses(rows: readonly FoundRow[]): DeliveryList['statuses'] {
  const counts = Object.fromEntries(
    stageStatusSchema.options.map(status => [status, 0]),
  ) as DeliveryList['statuses'];
  for (const { row } of rows) {
    counts[row.summary.status] += 1;
  }
  return counts;
}
