import type { Delivery } from '@golden-path/plugin-delivery-common';
import { memo, useMemo } from 'react';
import type { CSSProperties } from 'react';
import { Age, shortened, useWords } from '../../language';
import type { Words } from '../../language';
import { Section, SystemLinks } from '../Section';
import { StatusDot, toneOf } from '../status';
import styles from './GoldenPath.module.css';
import { currentStation, leadingStage, stationsOf } from './stations';
import type { Station } from './stations';

const StationText = memo(
  (props: { station: Station }) => {
    const { station } = props;
    const { t, say, stageTitle } = useWords();
    const lead = leadingStage(station);
    return (
      <div className={styles.text}>
        <div>
          <strong className={styles.title}>
            {station.kind === 'environment'
              ? station.environment
              : stageTitle(lead)}
          </strong>
          <span className={styles.word}>
            {wordsOf(station, t).map(({ status, word }) => (
              <span key={word} className={toneOf(status)}>
                {word}
              </span>
            ))}
          </span>
        </div>
        <div>
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
      </div>
    );
  },
  (a, b) =>
    a.station.stages.length === b.station.stages.length &&
    a.station.stages.every((stage, i) => stage === b.station.stages[i]),
);

/** The way from commit to production as an ordered list. */
export function GoldenPath(props: Pick<Delivery, 'stages' | 'location'>) {
  const { stages, location } = props;
  const { t } = useWords();
  const stations = useMemo(() => stationsOf(stages), [stages]);
  const current = currentStation(stations);
  const columns = { '--stations': stations.length } as CSSProperties;
  return (
    <Section
      title={t('path.title')}
      aside={t('path.location', {
        cluster: location.cluster,
        namespace: location.instanceNamespace,
      })}
    >
      <ol className={styles.path} style={columns}>
        {stations.map(station => (
          <li
            key={station.id}
            className={`${styles.station} ${toneOf(station.status)}`}
            data-status={station.status}
            data-stale={leadingStage(station).staleSince ? true : undefined}
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

/** What the systems print, each word once. */
function wordsOf(station: Station, t: Words['t']) {
  const words = new Map(
    station.stages.map(({ status, word }) => [
      shortened(word ?? t(`status.${status}`)),
      status,
    ]),
  );
  return [...words].map(([word, status]) => ({ word, status }));
}

function linksOf(station: Station) {
  const links = station.stages.flatMap(stage => stage.links);
  return links.filter(
    (link, i) => links.findIndex(other => other.url === link.url) === i,
  );
}
