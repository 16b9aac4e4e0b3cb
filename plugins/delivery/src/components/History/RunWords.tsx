import { shortened, useWords } from '../../language';
import type { Words } from '../../language';
import { formatDuration } from '../../language/time';
import { titleOf } from '../Runs';
import styles from './History.module.css';
import { Mark } from './Mark';
import type { RunPoint } from './runPoints';

/** A moment as short as it can be told apart by. */
export function shortMoment(moment: string | number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(moment));
}

/** What there is to say of a run in one line. */
export function runWordsOf(
  { run, endedAt, seconds }: RunPoint,
  { t, language }: Words,
) {
  return {
    title: titleOf(run, t),
    phase: run.phase,
    took: run.startedAt
      ? formatDuration(seconds * 1_000, language)
      : t('run.notStarted'),
    ended: shortMoment(endedAt, language),
  };
}

/** The same beside its point. */
export function RunWords(props: { point: RunPoint }) {
  const { point } = props;
  const words = useWords();
  const { title, phase, took, ended } = runWordsOf(point, words);
  return (
    <>
      <div className={styles.tipTitle}>
        <Mark outcome={point.outcome} />
        <b>{title}</b>
      </div>
      <div>
        {phase} · {took}
      </div>
      <div className={styles.quiet}>{ended}</div>
      {point.run.message && point.outcome !== 'succeeded' && (
        <div className={styles.tipMessage}>{shortened(point.run.message)}</div>
      )}
    </>
  );
}
