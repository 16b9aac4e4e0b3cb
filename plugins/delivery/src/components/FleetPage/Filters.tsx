import type {
  DeliveryList,
  StageStatus,
} from '@golden-path/plugin-delivery-common';
import { Button, SearchField, Select, ToggleButton } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../language';
import { focusFirst } from '../focus';
import type { Press } from '../focus';
import { StatusIcon, toneOf } from '../status';
import { ownerName } from './cells';
import styles from './Filters.module.css';
import { isFiltered } from './fleetQuery';
import type { FleetQuery } from './fleetQuery';

const ALL = '*';
/** What needs somebody stands first, as in the list. */
const STATUSES: StageStatus[] = [
  'failed',
  'suspended',
  'missing',
  'unknown',
  'running',
  'waiting',
  'succeeded',
];

/** Which golden paths to show. */
export function Filters(props: {
  query: FleetQuery;
  show: (change: Partial<FleetQuery>, options?: { replace?: boolean }) => void;
  statuses: DeliveryList['statuses'] | undefined;
  owners: readonly string[];
  clusters: readonly string[];
}) {
  const { query, show, statuses, owners, clusters } = props;
  const { t, language } = useWords();
  const fields = useRef<HTMLDivElement>(null);
  const clear = (press: Press) => {
    // The search field would bring up the keyboard of a touch screen.
    if (press.pointerType !== 'touch') {
      focusFirst(press, [fields.current]);
    }
    show({ owner: undefined, cluster: undefined, search: '', status: [] });
  };
  return (
    <div
      className={styles.filters}
      role="search"
      aria-label={t('fleet.filters')}
    >
      <div ref={fields} className={styles.fields}>
        <Search query={query} show={show} />
        <Select
          label={t('fleet.owner')}
          className={styles.select}
          search={{ placeholder: t('fleet.owner') }}
          value={query.owner ?? ALL}
          onChange={value =>
            show({ owner: value === ALL ? undefined : String(value) })
          }
          options={[
            { value: ALL, label: t('fleet.allOwners') },
            ...owners.map(value => ({ value, label: ownerName(value) })),
          ]}
        />
        <Select
          label={t('fleet.cluster')}
          className={styles.select}
          value={query.cluster ?? ALL}
          onChange={value =>
            show({ cluster: value === ALL ? undefined : String(value) })
          }
          options={[
            { value: ALL, label: t('fleet.allClusters') },
            ...clusters.map(value => ({ value, label: value })),
          ]}
        />
      </div>
      <div
        className={styles.statuses}
        role="group"
        aria-label={t('fleet.status')}
      >
        {STATUSES.filter(
          status => statuses?.[status] || query.status.includes(status),
        ).map(status => (
          <ToggleButton
            key={status}
            className={`${styles.status} ${toneOf(status)}`}
            isSelected={query.status.includes(status)}
            onChange={isOn =>
              show({
                status: isOn
                  ? [...query.status, status]
                  : query.status.filter(other => other !== status),
              })
            }
          >
            <StatusIcon status={status} />
            {t(`status.${status}`)}{' '}
            <b>{(statuses?.[status] ?? 0).toLocaleString(language)}</b>
          </ToggleButton>
        ))}
        {isFiltered(query) && (
          <Button variant="tertiary" size="small" onPress={clear}>
            {t('fleet.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}

const TYPING_MS = 300;

/** Asks only when somebody stops typing, and leaves one step in the browser's history. */
function Search(props: {
  query: FleetQuery;
  show: (change: Partial<FleetQuery>, options?: { replace?: boolean }) => void;
}) {
  const { query, show } = props;
  const { t } = useWords();
  const [text, setText] = useState(query.search);
  const asked = useRef(query.search);

  useEffect(() => {
    // Changed by Back, by a link, or by clearing.
    if (query.search !== asked.current) {
      asked.current = query.search;
      setText(query.search);
    }
  }, [query.search]);

  useEffect(() => {
    if (text === asked.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      const isRefined = asked.current !== '';
      asked.current = text;
      show({ search: text }, { replace: isRefined });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, show]);

  return (
    <SearchField
      className={styles.search}
      label={t('fleet.search')}
      placeholder=""
      maxLength={200}
      value={text}
      onChange={setText}
    />
  );
}
