import type { Run, Stage } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { memo, useCallback, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useWords } from '../../language';
import { Section } from '../Section';
import { RunRow } from './RunRow';
import styles from './Runs.module.css';

const FIRST_SHOWN = 8;

/** Runs, newest first. Which ones are open stands in the URL: `?run=NAME`. */
export const Runs = memo((props: { runs: Run[]; stages: Stage[] }) => {
  const { runs, stages } = props;
  const { t, say } = useWords();
  const [searchParams, setSearchParams] = useSearchParams();
  const [showsAll, setShowsAll] = useState(false);
  const open = searchParams.getAll('run');

  const onOpenChange = useCallback(
    (name: string, isOpen: boolean) =>
      setSearchParams(
        previous => {
          const next = new URLSearchParams(previous);
          const others = next.getAll('run').filter(other => other !== name);
          next.delete('run');
          for (const run of isOpen ? [...others, name] : others) {
            next.append('run', run);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearchParams],
  );

  const newestFailed = runs.find(run => run.status === 'failed');
  const shown = showsAll
    ? runs
    : runs.filter(
        (run, i) =>
          i < FIRST_SHOWN || run === newestFailed || open.includes(run.name),
      );
  const unknown = stages.find(
    ({ kind, status }) => kind === 'build' && status === 'unknown',
  );
  const hidden = runs.length - shown.length;
  return (
    <Section title={t('run.title')}>
      {runs.length === 0 ? (
        <p className={styles.none}>
          {unknown ? say(unknown.sentence) : t('run.none')}
        </p>
      ) : (
        <ul className={styles.runs}>
          {shown.map(run => (
            <RunRow
              key={run.name}
              run={run}
              isOpen={open.includes(run.name)}
              onOpenChange={onOpenChange}
              showsFailure={run === newestFailed}
            />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <Button
          variant="tertiary"
          className={styles.more}
          onPress={() => setShowsAll(true)}
        >
          {t('run.showAll', { count: hidden })}
        </Button>
      )}
    </Section>
  );
});
