import type { DeliveryList } from '@golden-path/plugin-delivery-common';
import { Card } from '@backstage/ui';
import type { RefObject } from 'react';
import { useWords } from '../../language';
import { Outdated } from '../History/Notice';
import { useWindow } from '../History/useWindow';
import styles from './FleetPage.module.css';
import type { FleetQuery } from './fleetQuery';
import { FleetTable } from './FleetTable';
import { Pager } from './Pager';
import { Sort } from './Sort';
import type { useFleetQuery } from './useFleetQuery';
import { useRowFigures } from './useRowFigures';

/** How many golden paths there are, and those of one page. */
export function FleetList(props: {
  list: DeliveryList | undefined;
  isPending: boolean;
  query: FleetQuery;
  show: ReturnType<typeof useFleetQuery>['show'];
  turn: ReturnType<typeof useFleetQuery>['turn'];
  tabPath: string;
  titleRef: RefObject<HTMLHeadingElement>;
}) {
  const { list, isPending, query, show, turn, tabPath, titleRef } = props;
  const { t, language } = useWords();
  const [{ days }] = useWindow();
  const ofRows = useRowFigures(list, days);
  return (
    <Card role="region" aria-label={t('fleet.title')} className={styles.list}>
      <div className={styles.head}>
        <p ref={titleRef} tabIndex={-1} className={styles.count} role="status">
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
        <Pager list={list} query={query} isPending={isPending} turn={turn} />
      )}
    </Card>
  );
}
