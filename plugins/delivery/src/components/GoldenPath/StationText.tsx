import { Fragment, memo } from 'react';
import type { ReactNode } from 'react';
import { Age, shortened, useWords } from '../../language';
import type { Words } from '../../language';
import { SystemLinks } from '../Section';
import { toneOf } from '../status';
import styles from './GoldenPath.module.css';
import { leadingStage } from './stations';
import type { Station } from './stations';

/** What the path says of one station; rendered again only when its stages change. */
export const StationText = memo(
  (props: {
    station: Station;
    /** An earlier station says the same sentence. */
    isSaid: boolean;
  }) => {
    const { station, isSaid } = props;
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
              <span key={word} className={toneOf(status)} title={word}>
                {breakable(brief(word))}
              </span>
            ))}
          </span>
        </div>
        <div>
          {!isSaid && <p className={styles.sentence}>{say(lead.sentence)}</p>}
          <p className={styles.meta}>
            {lead.staleSince ? (
              <span className={styles.stale}>
                {t('path.asOf', { when: <Age since={lead.staleSince} /> })}
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
    a.isSaid === b.isSaid &&
    a.station.stages.length === b.station.stages.length &&
    a.station.stages.every((stage, i) => stage === b.station.stages[i]),
);

/**
 * What the systems print, each word once; our own word where they print none, or where theirs
 * would mislead: "Healthy" of nothing, "running" of what fails.
 */
function wordsOf(station: Station, t: Words['t']) {
  const lead = leadingStage(station);
  const isEmpty = station.stages.some(({ sentence }) =>
    sentence.code.startsWith('deploy.nothing.'),
  );
  if (isEmpty || (lead.kind === 'run' && lead.status === 'failed')) {
    return [{ status: lead.status, word: t(`status.${lead.status}`) }];
  }
  const printed = station.stages.filter(stage => stage.word);
  const said = printed.length > 0 ? printed : station.stages;
  const words = new Map(
    said.flatMap(({ status, word = t(`status.${status}`) }) =>
      word.split(' · ').map(part => [part, status] as const),
    ),
  );
  return [...words].map(([word, status]) => ({ word, status }));
}

/** Image references without their registry, commits by their first digits. */
function brief(word: string): string {
  return shortened(word.replace(/^[^/\s]+\.[^/\s]+\//, ''));
}

/** References break between their parts before they break amid one. */
function breakable(word: string): ReactNode {
  const parts = word.match(/[^/:@]*[/:@]?/g) ?? [];
  return parts.filter(Boolean).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function linksOf(station: Station) {
  const links = station.stages.flatMap(stage => stage.links);
  return links.filter(
    (link, i) => links.findIndex(other => other.url === link.url) === i,
  );
}
