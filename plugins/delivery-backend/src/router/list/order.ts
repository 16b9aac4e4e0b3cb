import type {
  DeliveryListQuery,
  DeliveryRow,
  StageStatus,
} from '@golden-path/plugin-delivery-common';

/** Where a row stands in an order; rows without a value come last. */
export interface Position {
  value?: string | number;
  entityRef: string;
}

/** From what needs somebody to what is well. */
const URGENCY: readonly StageStatus[] = [
  'failed',
  'missing',
  'suspended',
  'unknown',
  'running',
  'waiting',
  'succeeded',
];

const VALUES: Record<
  DeliveryListQuery['sort'],
  (row: DeliveryRow) => string | number | undefined
> = {
  name: ({ title, entityRef }) =>
    (title ?? entityRef.slice(entityRef.indexOf('/') + 1)).toLowerCase(),
  status: ({ summary }) => URGENCY.indexOf(summary.status),
  lastDeployed: ({ environments }) =>
    environments
      .flatMap(({ deployedAt }) => deployedAt ?? [])
      .sort()
      .at(-1),
  lastRun: ({ lastRun }) => lastRun?.createdAt,
};

/** Where a row stands when sorted by this. */
export function positionOf(
  row: DeliveryRow,
  sort: DeliveryListQuery['sort'],
): Position {
  return { value: VALUES[sort](row), entityRef: row.entityRef };
}

/** Orders positions; equal values are in the order of their entities. */
export function comparePositions(
  a: Position,
  b: Position,
  order: 'asc' | 'desc',
): number {
  const direction = order === 'asc' ? 1 : -1;
  if (a.value !== undefined && b.value !== undefined && a.value !== b.value) {
    return a.value < b.value ? -direction : direction;
  }
  if ((a.value === undefined) !== (b.value === undefined)) {
    return a.value === undefined ? 1 : -1;
  }
  if (a.entityRef === b.entityRef) {
    return 0;
  }
  return a.entityRef < b.entityRef ? -1 : 1;
}
