import type { Run, Stage } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { useWords } from '../../language';
import { OperationButton } from '../Operations';
import { Section } from '../Section';
import { RunRow } from './RunRow';
import styles from './Runs.module.css';
import { scrollToRun } from './scrollToRun';
import { useOpenRun } from './useOpenRun';

const FIRST_SHOWN = 8;

/** Runs, newest first. Which ones are open stands in the URL: `?run=NAME`. */
export const Runs = memo(
  (props: { entityRef: string; runs: Run[]; stages: Stage[] }) => {
    const { entityRef, runs, stages } = props;
    const { t, say } = useWords();
    const [showsAll, setShowsAll] = useState(false);
    const { open, openRun, closeRun } = useOpenRun();
    const linked = useRef(open[0]);

    // Whoever follows a link to a run, such as that of a notification, wants to see it.
    useEffect(() => {
      if (linked.current) {
        scrollToRun(linked.current, { block: 'start' });
      }
    }, []);

    const onOpenChange = useCallback(
      (run: Run, isOpen: boolean) =>
        isOpen ? openRun(run.name) : closeRun(run),
      [openRun, closeRun],
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
      <Section
        title={t('run.title')}
        aside={<OperationButton isNamed request={{ operation: 'start-run' }} />}
      >
        {runs.length === 0 ? (
          <p className={styles.none}>
            {unknown ? say(unknown.sentence) : t('run.none')}
          </p>
        ) : (
          <ul className={styles.runs}>
            {shown.map(run => (
              <RunRow
                key={run.name}
                entityRef={entityRef}
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
  },
);
