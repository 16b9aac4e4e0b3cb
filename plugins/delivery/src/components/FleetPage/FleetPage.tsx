import { Card, Container } from '@backstage/ui';
import { useWords } from '../../language';
import { Outdated } from '../History/Notice';
import { useWindow } from '../History/useWindow';
import { rootClass } from '../status';
import { Figures } from './Figures';
import { Filters } from './Filters';
import styles from './FleetPage.module.css';
import { isFiltered } from './fleetQuery';
import { FleetTable } from './FleetTable';
import { Empty, NotRefreshed, Refused, SourcesOutOfReach } from './notices';
import { Pager } from './Pager';
import { Sort } from './Sort';
import { useFleet } from './useFleet';
import { useFleetQuery } from './useFleetQuery';
import { useRowFigures } from './useRowFigures';
import { useHeardOf } from './useHeardOf';
import { useOwners } from './useOwners';

/** All golden paths that the user may see. */
export function FleetPage(props: {
  /** Path of the Delivery tab below the page of an entity. */
  tabPath?: string;
}) {
  const { tabPath = 'delivery' } = props;
  const { t, language } = useWords();
  const { query, show, turn } = useFleetQuery();
  const { list, failure, confirmedAt, isPending, retry } = useFleet(query);
  const [{ days }] = useWindow();
  const ofRows = useRowFigures(list, days);
  const rows = list?.items ?? [];
  const owners = useHeardOf([
    query.owner,
    ...useOwners(),
    ...rows.map(row => row.owner),
  ]);
  const clusters = useHeardOf([
    query.cluster,
    ...rows.map(row => row.cluster),
    ...(list?.sources ?? []).map(source => source.cluster),
  ]);
  const isEmptyFleet =
    list && !isPending && !isFiltered(query) && list.totalItems === 0;

  return (
    <Container className={`${rootClass} ${styles.page}`}>
      <div className={styles.stack}>
        {isEmptyFleet ? (
          <Empty />
        ) : (
          <>
            <Filters
              query={query}
              show={show}
              statuses={list?.statuses}
              owners={owners}
              clusters={clusters}
            />
            {(list || !failure) && (
              <div className={styles.figures}>
                <Figures
                  key={`${query.owner} ${query.cluster}`}
                  query={query}
                />
              </div>
            )}
            {failure && list && (
              <NotRefreshed
                failure={failure}
                since={confirmedAt}
                onRetry={retry}
              />
            )}
            {list && <SourcesOutOfReach sources={list.sources} />}
            {failure && !list ? (
              <Refused
                failure={failure}
                hasCursor={Boolean(query.cursor)}
                onRetry={retry}
                onStartOver={() => show({})}
              />
            ) : (
              <Card
                role="region"
                aria-label={t('fleet.title')}
                className={styles.list}
              >
                <div className={styles.head}>
                  <p className={styles.count} role="status">
                    {list
                      ? t('fleet.count', {
                          count: list.totalItems,
                          number: list.totalItems.toLocaleString(language),
                        })
                      : t('fleet.loading')}
                  </p>
                  <Sort query={query} show={show} />
                </div>
                {ofRows.failure && (
                  <Outdated
                    text={t('dora.unavailable')}
                    failure={ofRows.failure}
                    onRetry={ofRows.retry}
                  />
                )}
                <FleetTable
                  list={list}
                  isPending={isPending}
                  query={query}
                  figures={{
                    of: ofRows.figures,
                    days,
                    isPending: ofRows.isPending,
                  }}
                  tabPath={tabPath}
                  onSort={(sort, order) => show({ sort, order })}
                  emptyState={t('fleet.noMatch')}
                />
                {list && (
                  <Pager
                    list={list}
                    query={query}
                    isPending={isPending}
                    turn={turn}
                  />
                )}
              </Card>
            )}
          </>
        )}
      </div>
    </Container>
  );
}
