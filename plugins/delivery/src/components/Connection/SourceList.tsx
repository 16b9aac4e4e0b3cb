import type {
  SourceHealth,
  StageStatus,
} from '@golden-path/plugin-delivery-common';
import { useId } from 'react';
import { Age, useWords } from '../../language';
import { StatusPill } from '../status';
import type { Liveness } from './liveness';
import styles from './SourceList.module.css';

const STATES = {
  syncing: { status: 'running', word: 'source.stateSyncing' },
  live: { status: 'succeeded', word: 'source.stateLive' },
  stale: { status: 'suspended', word: 'source.stateStale' },
  forbidden: { status: 'failed', word: 'source.stateForbidden' },
  'not-installed': { status: 'missing', word: 'source.stateNotInstalled' },
} as const satisfies Record<
  SourceHealth['state'],
  { status: StageStatus; word: string }
>;

const EXPLANATIONS = {
  connecting: 'connection.explainReconnecting',
  live: 'connection.explainLive',
  livePartly: 'connection.explainPartly',
  stale: 'connection.explainStale',
  catchingUp: 'connection.explainCatchingUp',
  polling: 'connection.explainPolling',
  reconnecting: 'connection.explainReconnecting',
  paused: 'connection.explainPaused',
} as const satisfies Record<Liveness['state'], string>;

/** What the indicator stands for: the connection in a sentence, then what does not deliver. */
export function SourceList(props: {
  liveness: Liveness;
  sources: SourceHealth[];
}) {
  const { liveness, sources } = props;
  const { t, language } = useWords();
  const titleId = useId();
  const clusters = new Intl.ListFormat(language).format(
    new Set(sources.map(source => source.cluster)),
  );
  return (
    <div
      role="region"
      aria-labelledby={titleId}
      // A keyboard can scroll a list that is longer than the window.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles.scroll}
    >
      <h2 id={titleId} className={styles.title}>
        {t('connection.details')}
      </h2>
      <p className={styles.explanation}>{t(EXPLANATIONS[liveness.state])}</p>
      {liveness.troubled.length > 0 && (
        <ul className={styles.list}>
          {alike(liveness.troubled).map(group => (
            <SourceGroup key={keyOf(group[0])} sources={group} />
          ))}
        </ul>
      )}
      {sources.length > 0 && (
        <p className={styles.all}>
          {t('source.all', { count: sources.length, clusters })}
        </p>
      )}
    </div>
  );
}

/** Sources that are in the same state for the same reason. */
function SourceGroup(props: { sources: SourceHealth[] }) {
  const { sources } = props;
  const { t } = useWords();
  const [{ state, cluster, reason, since }] = sources;
  const { status, word } = STATES[state];
  return (
    <li className={styles.row}>
      <span>
        {sources.map((source, i) => (
          <span key={keyOf(source)}>
            {i > 0 && ', '}
            <b>{source.system}</b> {source.kind}
          </span>
        ))}
      </span>
      <StatusPill status={status}>{t(word)}</StatusPill>
      <span className={styles.detail}>
        <Age since={since} /> · {cluster}
        {reason && <span> · {reason}</span>}
      </span>
    </li>
  );
}

function alike(sources: SourceHealth[]): SourceHealth[][] {
  const groups = new Map<string, SourceHealth[]>();
  for (const source of sources) {
    const { cluster, state, reason } = source;
    const key = JSON.stringify([cluster, state, reason]);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()];
}

function keyOf(source: SourceHealth): string {
  return `${source.cluster} ${source.apiVersion} ${source.kind}`;
}
