import type { DeliveryList } from '@golden-path/plugin-delivery-common';
import { ButtonIcon } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { useId } from 'react';
import { useWords } from '../../language';
import { PAGE_SIZE } from './fleetQuery';
import type { FleetQuery } from './fleetQuery';
import styles from './FleetTable.module.css';

/** Leads from page to page, where there are several. */
export function Pager(props: {
  list: DeliveryList;
  query: FleetQuery;
  isPending: boolean;
  turn: { next: (cursor: string) => void; previous: () => void };
}) {
  const { list, query, isPending, turn } = props;
  const { t, language } = useWords();
  const rangeId = useId();
  const { nextCursor } = list;
  if (!nextCursor && !query.cursor) {
    return null;
  }
  const number = (value: number) => value.toLocaleString(language);
  const offset = (query.page - 1) * PAGE_SIZE;
  return (
    <div className={styles.pager}>
      <span id={rangeId} role="status">
        {t('fleet.range', {
          from: number(offset + 1),
          to: number(offset + list.items.length),
          total: number(list.totalItems),
        })}
      </span>
      <ButtonIcon
        variant="secondary"
        size="small"
        icon={<RiArrowLeftSLine />}
        aria-label={t('fleet.previousPage')}
        aria-describedby={rangeId}
        isDisabled={!query.cursor || isPending}
        onPress={turn.previous}
      />
      <ButtonIcon
        variant="secondary"
        size="small"
        icon={<RiArrowRightSLine />}
        aria-label={t('fleet.nextPage')}
        aria-describedby={rangeId}
        isDisabled={!nextCursor || isPending}
        onPress={() => nextCursor && turn.next(nextCursor)}
      />
    </div>
  );
}
