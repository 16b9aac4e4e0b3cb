import type { Stage } from '@golden-path/plugin-delivery-common';
import { memo, useMemo } from 'react';
import type { CSSProperties } from 'react';
import { Age, shortened, useWords } from '../../language';
import { Section, SystemLinks } from '../Section';
import { StatusDot, toneOf } from '../status';
import styles from './GoldenPath.module.css';
import { currentStation, leadingStage, stationsOf } from './stations';
import type { Station } from './stations';

/** The way from commit to production as an ordered list. */
export function GoldenPath(props: { stages: Stage[] }) {
  const { stages } = props;
  const { t } = useWords();
  const stations = useMemo(() => stationsOf(stages), [stages]);
  const current = currentStation(stations);
  const columns = { '--stations': stations.length } as CSSProperties;
  return (
    <Section title={t('path.title')}>
      <ol className={styles.path} style={columns}>
        {stations.map(station => (
          <li
            key={station.id}
            className={`${styles.station} ${toneOf(station.status)}`}
            data-status={station.status}
            aria-current={station === current ? 'step' : undefined}
          >
            <StatusDot status={station.status} />
            <StationText station={station} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

const StationText = memo(
  (props: { station: Station }) => {
    const { station } = props;
    const { t, say, stageTitle } = useWords();
    const lead = leadingStage(station);
    return (
      <div className={styles.text}>
        <strong className={styles.title}>
          {station.kind === 'environment'
            ? station.environment
            : stageTitle(lead)}
        </strong>
        <span className={styles.word}>
          {station.stages.map(stage => (
            <span key={stage.id} className={toneOf(stage.status)}>
              {shortened(stage.word ?? t(`status.${stage.status}`))}
            </span>
          ))}
        </span>
        <p className={styles.sentence}>{say(lead.sentence)}</p>
        <p className={styles.meta}>
          {lead.staleSince ? (
            <span className={styles.stale}>
              {t('path.stale')} <Age since={lead.staleSince} />
            </span>
          ) : (
            lead.since && <Age since={lead.since} />
          )}
          <SystemLinks links={linksOf(station)} />
        </p>
      </div>
    );
  },
  (a, b) =>
    a.station.stages.length === b.station.stages.length &&
    a.station.stages.every((stage, i) => stage === b.station.stages[i]),
);

function linksOf(station: Station) {
  const links = station.stages.flatMap(stage => stage.links);
  return links.filter(
    (link, i) => links.findIndex(other => other.url === link.url) === i,
  );
}
