import { Select } from '@backstage/ui';
import { useId } from 'react';
import { useWords } from '../../language';
import { usualOrder } from './fleetQuery';
import type { FleetQuery } from './fleetQuery';
import styles from './FleetPage.module.css';

/** Sorts where no head of a table does, each column the way it is most useful. */
export function Sort(props: {
  query: FleetQuery;
  show: (change: Partial<FleetQuery>) => void;
}) {
  const { query, show } = props;
  const { t } = useWords();
  const labelId = useId();
  const names: Record<FleetQuery['sort'], string> = {
    status: t('fleet.standing'),
    name: t('fleet.name'),
    lastDeployed: t('environment.title'),
    lastRun: t('fleet.lastRun'),
  };
  return (
    <div className={styles.sort}>
      <span id={labelId}>{t('fleet.sort')}</span>
      <Select
        aria-labelledby={labelId}
        value={query.sort}
        onChange={value => {
          const sort = value as FleetQuery['sort'];
          show({ sort, order: usualOrder(sort) });
        }}
        options={Object.entries(names).map(([value, label]) => ({
          value,
          label,
        }))}
      />
    </div>
  );
}
