import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  DeliveryList,
  DoraFigures,
} from '@golden-path/plugin-delivery-common';
import { Cell, Table } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../language';
import { EnvironmentsCell, LastRunCell, NameCell, StandingCell } from './cells';
import type { FleetRow } from './cells';
import { FiguresCell } from './FiguresCell';
import { usualOrder } from './fleetQuery';
import type { FleetQuery } from './fleetQuery';
import styles from './FleetTable.module.css';

/** One page of golden paths, one row each. */
export function FleetTable(props: {
  list: DeliveryList | undefined;
  isPending: boolean;
  query: FleetQuery;
  /** The DORA figures by entity reference. */
  figures: {
    of: ReadonlyMap<string, DoraFigures>;
    days: number;
    isPending: boolean;
  };
  /** Path of the Delivery tab below the page of an entity. */
  tabPath: string;
  onSort: (sort: FleetQuery['sort'], order: FleetQuery['order']) => void;
  emptyState: ReactNode;
}) {
  const { list, isPending, query, figures, tabPath, onSort, emptyState } =
    props;
  const { t } = useWords();
  const linkTo = useEntityRefLink();
  const rows = useMemo(
    () =>
      list?.items.map(item => ({
        ...item,
        id: item.entityRef,
        figures: figures.of.get(item.entityRef),
      })),
    [list, figures.of],
  );

  const columns = useMemo((): ColumnConfig<FleetRow>[] => {
    const hrefOf = ({ entityRef }: FleetRow) =>
      `${linkTo(entityRef)}/${tabPath.replace(/^\/+/, '')}`;
    const dora = t('fleet.dora', { days: String(figures.days) });
    return [
      {
        id: 'name',
        label: t('fleet.name'),
        isRowHeader: true,
        isSortable: true,
        cell: row => (
          <Cell className={styles.name}>
            <NameCell row={row} href={hrefOf(row)} />
          </Cell>
        ),
      },
      {
        id: 'status',
        label: t('fleet.standing'),
        isSortable: true,
        cell: row => (
          <Cell className={styles.standing}>
            <Labelled label={t('fleet.standing')}>
              <StandingCell row={row} />
            </Labelled>
          </Cell>
        ),
      },
      {
        id: 'lastDeployed',
        label: t('environment.title'),
        isSortable: true,
        cell: row => (
          <Cell className={styles.environments}>
            <Labelled label={t('environment.title')}>
              <EnvironmentsCell row={row} />
            </Labelled>
          </Cell>
        ),
      },
      {
        id: 'lastRun',
        label: t('fleet.lastRun'),
        isSortable: true,
        cell: row => (
          <Cell className={styles.lastRun}>
            <Labelled label={t('fleet.lastRun')}>
              <LastRunCell row={row} />
            </Labelled>
          </Cell>
        ),
      },
      {
        id: 'figures',
        label: dora,
        cell: row => (
          <Cell className={styles.figures}>
            <Labelled label={dora}>
              <FiguresCell
                figures={row.figures}
                isPending={figures.isPending}
              />
            </Labelled>
          </Cell>
        ),
      },
    ];
  }, [t, linkTo, tabPath, figures.days, figures.isPending]);

  return (
    <Table
      className={styles.table}
      columnConfig={columns}
      data={rows}
      isPending={isPending && !rows}
      isStale={isPending && Boolean(rows)}
      emptyState={emptyState}
      sort={{
        descriptor: {
          column: query.sort,
          direction: query.order === 'asc' ? 'ascending' : 'descending',
        },
        onSortChange: ({ column, direction }) => {
          const sort = column as FleetQuery['sort'];
          const turned = direction === 'ascending' ? 'asc' : 'desc';
          onSort(sort, sort === query.sort ? turned : usualOrder(sort));
        },
      }}
      pagination={{ type: 'none' }}
    />
  );
}

/** What a cell holds, after the name of its column where the columns have no head. */
function Labelled(props: { label: string; children: ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span className={styles.label}>{props.label}</span>
      <div className={styles.content}>{props.children}</div>
    </div>
  );
}
