import { useApi } from '@backstage/frontend-plugin-api';
import type { Dora } from '@golden-path/plugin-delivery-common';
import { Skeleton } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { deliveryApiRef } from '../../api';
import { useWords } from '../../language';
import { formatDuration } from '../../language/time';
import { Section } from '../Section';
import { ownerName } from './cells';
import styles from './Figures.module.css';

type Answer = { of: string; dora?: Dora; problem?: string };

/** How often, how fast and how safely an owner delivers. */
export function Figures(props: { owner: string }) {
  const { owner } = props;
  const api = useApi(deliveryApiRef);
  const { t, language } = useWords();
  const [answer, setAnswer] = useState<Answer>();

  useEffect(() => {
    const ended = new AbortController();
    api.getDora({ owner, signal: ended.signal }).then(
      dora => !ended.signal.aborted && setAnswer({ of: owner, dora }),
      error =>
        !ended.signal.aborted &&
        setAnswer({ of: owner, problem: String(error.message) }),
    );
    return () => ended.abort();
  }, [api, owner]);

  const { dora, problem } = answer?.of === owner ? answer : ({} as Answer);
  const days = dora && Math.round(dora.window.observedDays);
  return (
    <Section
      title={t('fleet.doraTitle', { owner: ownerName(owner) })}
      aside={
        dora && days !== undefined && t('fleet.doraWindow', { count: days })
      }
    >
      {problem ? (
        <p className={styles.problem} role="alert">
          {t('fleet.doraUnavailable')} <code>{problem}</code>
        </p>
      ) : (
        <dl className={styles.figures} aria-busy={!dora}>
          {figuresOf(dora, language, t).map(({ name, value, note }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {dora ? (
                  <b data-empty={value ? undefined : true}>
                    {value ?? t('fleet.doraNotEnough')}
                  </b>
                ) : (
                  <Skeleton width={90} height={26} />
                )}
                <span className={styles.note}>{note}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}

function figuresOf(
  dora: Dora | undefined,
  language: string,
  t: ReturnType<typeof useWords>['t'],
) {
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, options).format(value);
  const frequency = dora?.deploymentFrequency;
  const leadTime = dora?.leadTimeForChanges;
  const failures = dora?.changeFailureRate;
  const restore = dora?.timeToRestore;
  return [
    {
      name: t('fleet.doraDeployments'),
      value:
        frequency &&
        t('fleet.doraPerDay', {
          number: number(frequency.perDay, { maximumSignificantDigits: 2 }),
        }),
      note: frequency && number(frequency.deployments),
    },
    {
      name: t('fleet.doraLeadTime'),
      value:
        leadTime && formatDuration(leadTime.medianSeconds * 1_000, language),
      note:
        leadTime && t('fleet.doraMedian', { number: number(leadTime.samples) }),
    },
    {
      name: t('fleet.doraFailures'),
      value:
        failures &&
        number(failures.ratio, { style: 'percent', maximumFractionDigits: 1 }),
      note:
        failures &&
        t('fleet.doraOf', {
          failed: number(failures.failed),
          total: number(failures.changes),
        }),
    },
    {
      name: t('fleet.doraRestore'),
      value: restore && formatDuration(restore.medianSeconds * 1_000, language),
      note: dora?.unrestored
        ? t('fleet.doraUnrestored', { number: number(dora.unrestored) })
        : restore && t('fleet.doraMedian', { number: number(restore.samples) }),
    },
  ];
}
