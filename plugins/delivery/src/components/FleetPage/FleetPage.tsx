import { Container } from '@backstage/ui';
import { useRef } from 'react';
import { rootClass } from '../status';
import { Figures } from './Figures';
import { Filters } from './Filters';
import { FleetList } from './FleetList';
import styles from './FleetPage.module.css';
import { isFiltered } from './fleetQuery';
import { Empty, NotRefreshed, Refused, SourcesOutOfReach } from './notices';
import { useFleet } from './useFleet';
import { useFleetQuery } from './useFleetQuery';
import { useFocusKept } from './useFocusKept';
import { useHeardOf } from './useHeardOf';
import { useOwners } from './useOwners';

/** All golden paths that the user may see. */
export function FleetPage(props: {
  /** Path of the Delivery tab below the page of an entity. */
  tabPath?: string;
}) {
  const { tabPath = 'delivery' } = props;
  const { query, show, turn } = useFleetQuery();
  const { list, failure, confirmedAt, isPending, retry } = useFleet(query);
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
  // Of the list, of what there is instead of it, or of why there is none.
  const titleRef = useRef<HTMLHeadingElement>(null);
  const keepsFocus = useFocusKept(titleRef);
  const isEmptyFleet =
    list && !isPending && !isFiltered(query) && list.totalItems === 0;
  const isList = !isEmptyFleet && Boolean(list || !failure);

  return (
    <Container className={`${rootClass} ${styles.page}`}>
      <div className={styles.stack} {...keepsFocus}>
        {!isEmptyFleet && (
          <Filters
            query={query}
            show={show}
            statuses={list?.statuses}
            owners={owners}
            clusters={clusters}
          />
        )}
        {isList && (
          <div className={styles.figures}>
            <Figures key={`${query.owner} ${query.cluster}`} query={query} />
          </div>
        )}
        {failure && list && (
          <NotRefreshed failure={failure} since={confirmedAt} onRetry={retry} />
        )}
        {list && <SourcesOutOfReach sources={list.sources} />}
        {isEmptyFleet && <Empty titleRef={titleRef} />}
        {failure && !list && (
          <Refused
            failure={failure}
            hasCursor={Boolean(query.cursor)}
            onRetry={retry}
            onStartOver={() => show({})}
            titleRef={titleRef}
          />
        )}
        {isList && (
          <FleetList
            list={list}
            isPending={isPending}
            query={query}
            show={show}
            turn={turn}
            tabPath={tabPath}
            titleRef={titleRef}
          />
        )}
      </div>
    </Container>
  );
}
