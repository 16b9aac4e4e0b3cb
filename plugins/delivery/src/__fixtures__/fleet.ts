import { stageStatusSchema } from '@golden-path/plugin-delivery-common';
import type {
  Delivery,
  DeliveryList,
  DeliveryListQuery,
  DeliveryRow,
  SourceHealth,
} from '@golden-path/plugin-delivery-common';
import { fixture, fixtureNames } from '.';

/** A row as the backend makes it of a delivery. */
export function rowOf(
  delivery: Delivery,
  of: { entityRef: string; owner?: string },
): DeliveryRow {
  const [lastRun] = delivery.runs;
  return {
    ...of,
    cluster: delivery.location.cluster ?? 'local',
    summary: delivery.summary,
    environments: delivery.environments.map(
      ({ name, image, argoCd: { deployedAt } }) => ({
        name,
        status:
          delivery.stages.find(({ id }) => id === `run:${name}`)?.status ??
          'waiting',
        image,
        deployedAt,
      }),
    ),
    lastRun: lastRun && {
      name: lastRun.name,
      purpose: lastRun.purpose,
      status: lastRun.status,
      commit: lastRun.commit,
      createdAt: lastRun.createdAt,
      finishedAt: lastRun.finishedAt,
    },
    revision: delivery.revision,
  };
}

const OWNERS = ['group:default/team-payments', 'group:default/team-search'];

/** Rows in every recorded state, again and again. */
export function fleetRows(count: number): DeliveryRow[] {
  return Array.from({ length: count }, (_, index) => {
    const name = fixtureNames[index % fixtureNames.length];
    const round = Math.floor(index / fixtureNames.length);
    return rowOf(fixture(name), {
      entityRef: `component:default/${name}${round > 0 ? `-${round}` : ''}`,
      owner: OWNERS[index % OWNERS.length],
    });
  });
}

/** Answers as the backend does: filtered, counted, one page at a time. */
export function fleetPage(
  rows: DeliveryRow[],
  query: Partial<DeliveryListQuery>,
  sources: SourceHealth[] = [],
): DeliveryList {
  const { owner, cluster, status, search = '', limit = 50, cursor } = query;
  const fitting = rows.filter(
    row =>
      (!owner || owner.includes(row.owner ?? '')) &&
      (!cluster || cluster.includes(row.cluster)) &&
      row.entityRef.includes(search.toLowerCase()),
  );
  const statuses = Object.fromEntries(
    stageStatusSchema.options.map(each => [
      each,
      fitting.filter(({ summary }) => summary.status === each).length,
    ]),
  ) as DeliveryList['statuses'];
  const shown = fitting.filter(
    row => !status || status.includes(row.summary.status),
  );
  const start = Number(cursor ?? 0);
  return {
    items: shown.slice(start, start + limit),
    totalItems: shown.length,
    nextCursor:
      start + limit < shown.length ? String(start + limit) : undefined,
    statuses,
    sources,
  };
}
