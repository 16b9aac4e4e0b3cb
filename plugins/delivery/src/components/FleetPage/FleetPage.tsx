import { useState } from 'react';
import type { DeliveryList } from '@golden-path/plugin-delivery-common';
import { Card, Container } from '@backstage/ui';
import { useWords } from '../../language';
import { rootClass } from '../status';
import { Figures } from './Figures';
import { Filters } from './Filters';
import styles from './FleetPage.module.css';
import { isFiltered } from './fleetQuery';
import { FleetTable } from './FleetTable';
import { Empty, NotRefreshed, Refused, SourcesOutOfReach } from './notices';
import { useFleet } from './useFleet';
import { useFleetQuery } from './useFleetQuery';
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
  const owners = useOwners(query.owner);
  const clusters = useClusters(list, query.cluster);
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
            {query.owner && <Figures owner={query.owner} />}
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
                <p className={styles.count} role="status">
                  {list
                    ? t('fleet.count', {
                        count: list.totalItems,
                        number: list.totalItems.toLocaleString(language),
                      })
                    : t('fleet.loading')}
                </p>
                <FleetTable
                  list={list}
                  isPending={isPending}
                  query={query}
                  tabPath={tabPath}
                  onSort={(sort, order) => show({ sort, order })}
                  turn={turn}
                  emptyState={t('fleet.noMatch')}
                />
              </Card>
            )}
          </>
        )}
      </div>
    </Container>
  );
}

/** Every cluster that was heard of: a filtered list names only its own. */
function useClusters(
  list: DeliveryList | undefined,
  chosen: string | undefined,
): string[] {
  const [heardOf, setHeardOf] = useState<readonly string[]>([]);
  const now = [
    ...(list?.sources ?? []).map(source => source.cluster),
    ...(list?.items ?? []).map(row => row.cluster),
    ...(chosen ? [chosen] : []),
  ];
  const all = [...new Set([...heardOf, ...now])].sort();
  if (all.length !== heardOf.length) {
    setHeardOf(all);
  }
  return all;
}
