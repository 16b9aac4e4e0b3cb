import type { Run, Step } from '@golden-path/plugin-delivery-common';
import { Elapsed, useWords } from '../../language';
import { formatDuration } from '../../language/time';

type Timed = Pick<Step, 'startedAt' | 'finishedAt'>;

/** How long a step took or takes; nothing for one that has not begun. */
export function Took(props: { timed: Timed }) {
  const { startedAt, finishedAt } = props.timed;
  const { t } = useWords();
  return startedAt ? (
    <Elapsed
      from={startedAt}
      to={finishedAt}
      say={duration => (finishedAt ? duration : t('run.soFar', { duration }))}
    />
  ) : null;
}

/** How long a run took or takes, beside how long such runs usually take. */
export function TookBesideUsual(props: { run: Run }) {
  const { run } = props;
  const { t, language } = useWords();
  return (
    <>
      <Took timed={run} />
      {run.usualSeconds !== undefined && (
        <>
          {run.startedAt && ', '}
          {t('run.usually', {
            duration: formatDuration(run.usualSeconds * 1_000, language),
          })}
        </>
      )}
    </>
  );
}
