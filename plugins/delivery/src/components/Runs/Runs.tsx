import type { Run, Stage } from '@golden-path/plugin-delivery-common';
import { Button } from '@backstage/ui';
import { memo, useCallback, useState } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '../../language';
import { elementOf, focusFirst, useJustOpened } from '../focus';
import type { Press } from '../focus';
import { OperationButton } from '../Operations';
import { Section } from '../Section';
import { RunRow } from './RunRow';
import styles from './Runs.module.css';
import { useLinkedRun } from './useLinkedRun';
import { useOpenRun } from './useOpenRun';

const FIRST_SHOWN = 8;

/** Runs, newest first. Which ones are open stands in the URL: `?run=NAME`. */
export const Runs = memo(
  (props: {
    entityRef: string;
    runs: Run[];
    stages: Stage[];
    /** Whether something ran that may be deleted by now. */
    hasPast: boolean;
  }) => {
    const { entityRef, runs, stages, hasPast } = props;
    const { t, say } = useWords();
    const [showsAll, setShowsAll] = useState(false);
    const { open, openRun, closeRun } = useOpenRun();
    const isJustOpened = useJustOpened(open);
    useLinkedRun(open[0]);

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
    const showAll = (press: Press) => {
      const next = runs.find(run => !shown.includes(run));
      // The first of them comes where the button was.
      flushSync(() => setShowsAll(true));
      focusFirst(press, [next && elementOf('run', next.name)]);
    };
    return (
      <Section
        title={t('run.title')}
        aside={<OperationButton isNamed request={{ operation: 'start-run' }} />}
      >
        {runs.length === 0 ? (
          <p className={styles.none}>
            {unknown
              ? say(unknown.sentence)
              : t(hasPast ? 'run.noneKept' : 'run.none')}
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
                isJustOpened={isJustOpened}
                showsFailure={run === newestFailed}
              />
            ))}
          </ul>
        )}
        {hidden > 0 && (
          <Button variant="tertiary" className={styles.more} onPress={showAll}>
            {t('run.showAll', { count: hidden })}
          </Button>
        )}
      </Section>
    );
  },
);
