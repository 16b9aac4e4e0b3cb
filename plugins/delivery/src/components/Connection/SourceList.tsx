import type {
  Delivery,
  SourceHealth,
  StageStatus,
} from '@golden-path/plugin-delivery-common';
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

/** What the indicator stands for: the connection in a sentence, then each source that does not deliver. */
export function SourceList(props: { liveness: Liveness; delivery: Delivery }) {
  const { liveness, delivery } = props;
  const { t } = useWords();
  const clusters = [
    ...new Set(delivery.sources.map(source => source.cluster)),
  ].join(', ');
  return (
    <>
      <h2 className={styles.title}>{t('connection.details')}</h2>
      <p className={styles.explanation}>{t(EXPLANATIONS[liveness.state])}</p>
      {liveness.troubled.length > 0 && (
        <ul className={styles.list}>
          {liveness.troubled.map(source => (
            <SourceRow key={keyOf(source)} source={source} />
          ))}
        </ul>
      )}
      {delivery.sources.length > 0 && (
        <p className={styles.all}>
          {t('source.all', { count: delivery.sources.length, clusters })}
        </p>
      )}
    </>
  );
}

function SourceRow(props: { source: SourceHealth }) {
  const { source } = props;
  const { t } = useWords();
  const { status, word } = STATES[source.state];
  return (
    <li className={styles.row}>
      <span>
        <b>{source.system}</b> {source.kind}
      </span>
      <StatusPill status={status}>{t(word)}</StatusPill>
      <span className={styles.detail}>
        <Age since={source.since} /> · {source.cluster}
        {source.reason && <span> · {source.reason}</span>}
      </span>
    </li>
  );
}

function keyOf(source: SourceHealth): string {
  return `${source.cluster} ${source.apiVersion} ${source.kind}`;
}
