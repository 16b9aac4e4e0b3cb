import type { DeliveryList } from '@golden-path/plugin-delivery-common';
import { ButtonIcon } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { useId, useLayoutEffect, useRef } from 'react';
import { useWords } from '../../language';
import { focusFirst } from '../focus';
import type { Press } from '../focus';
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
  const previous = useRef<HTMLButtonElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const press = useRef<Press>({ pointerType: 'virtual' });
  // While another page is read, the rows are still those of the one before.
  const shown = useRef(query);
  if (!isPending) {
    shown.current = query;
  }
  const { page } = shown.current;
  const { nextCursor } = list;
  const isFirst = !shown.current.cursor;
  const isLast = !nextCursor;

  useLayoutEffect(() => {
    // A button that is disabled cannot keep the focus.
    const { activeElement } = document;
    if (isLast && activeElement === next.current) {
      focusFirst(press.current, [previous.current]);
    } else if (isFirst && activeElement === previous.current) {
      focusFirst(press.current, [next.current]);
    }
  }, [isFirst, isLast]);

  if (isFirst && isLast) {
    return null;
  }
  const number = (value: number) => value.toLocaleString(language);
  const offset = (page - 1) * PAGE_SIZE;
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
        ref={previous}
        variant="secondary"
        size="small"
        icon={<RiArrowLeftSLine />}
        aria-label={t('fleet.previousPage')}
        aria-describedby={rangeId}
        isDisabled={isFirst}
        isPending={isPending && !isFirst}
        onPress={event => {
          press.current = event;
          turn.previous();
        }}
      />
      <ButtonIcon
        ref={next}
        variant="secondary"
        size="small"
        icon={<RiArrowRightSLine />}
        aria-label={t('fleet.nextPage')}
        aria-describedby={rangeId}
        isDisabled={isLast}
        isPending={isPending && !isLast}
        onPress={event => {
          press.current = event;
          if (nextCursor) turn.next(nextCursor);
        }}
      />
    </div>
  );
}
