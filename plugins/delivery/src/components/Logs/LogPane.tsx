import { useApi } from '@backstage/frontend-plugin-api';
import { Button, SearchField, ToggleButton } from '@backstage/ui';
import { RiArrowDownLine, RiDownloadLine, RiTextWrap } from '@remixicon/react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { deliveryApiRef } from '../../api';
import { toFailure } from '../../follow/failure';
import { useStepLog } from '../../follow/useStepLog';
import { useWords } from '../../language';
import { focusFirst } from '../focus';
import { LogLines } from './LogLines';
import styles from './LogPane.module.css';
import { LogState } from './LogState';
import { matchLines } from './matchLines';
import { saveText } from './saveText';

/** Pixels from the end within which the reader counts as being there. */
const AT_END = 24;

/** The log of a step, followed live. */
export function LogPane(props: {
  entityRef: string;
  run: string;
  step: string;
  /** Name of the step. */
  name: string;
}) {
  const { entityRef, run, step, name } = props;
  const api = useApi(deliveryApiRef);
  const { t } = useWords();
  const { retry, ...view } = useStepLog(entityRef, run, step);
  const [search, setSearch] = useState('');
  const [isWrapped, setIsWrapped] = useState(true);
  const [isSaving, setIsSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isAtEnd, setIsAtEnd] = useState(true);
  const pane = useRef<HTMLDivElement>(null);
  const lines = useMemo(
    () => matchLines(view.lines, search),
    [view.lines, search],
  );

  const jump = () => {
    if (pane.current) {
      pane.current.scrollTop = pane.current.scrollHeight;
    }
  };
  // So is whoever goes on to the log of another attempt.
  useLayoutEffect(() => {
    setIsAtEnd(true);
    setProblem(undefined);
  }, [step]);
  // Whoever reads the end stays there; whoever has scrolled up is left alone.
  useLayoutEffect(() => {
    if (isAtEnd) jump();
  }, [lines, isAtEnd, isWrapped]);

  const download = async () => {
    setIsSaving(true);
    setProblem(undefined);
    try {
      saveText(
        `${run}-${name}.log`,
        await api.readStepLog({ entityRef, run, step }),
      );
    } catch (error) {
      setProblem(toFailure(error).message);
    } finally {
      setIsSaving(false);
    }
  };

  return (
    <div className={styles.log}>
      <div className={styles.tools}>
        <SearchField
          size="small"
          className={styles.search}
          aria-label={t('log.search')}
          placeholder={t('log.search')}
          value={search}
          onChange={setSearch}
        />
        <span role="status" className={styles.matches}>
          {search.trim() &&
            (lines.length === 0
              ? t('log.noMatch')
              : t('log.matches', { count: lines.length }))}
        </span>
        <ToggleButton
          size="small"
          isSelected={isWrapped}
          onChange={setIsWrapped}
          iconStart={<RiTextWrap />}
        >
          {t('log.wrap')}
        </ToggleButton>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          isPending={isSaving}
          onPress={download}
        >
          {t('log.download')}
        </Button>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiArrowDownLine />}
          isDisabled={isAtEnd}
          onPress={press => {
            setIsAtEnd(true);
            jump();
            // At the end there is nothing to press any more.
            focusFirst(press, [pane.current]);
          }}
        >
          {t('log.jump')}
        </Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      <div
        ref={pane}
        role="log"
        // A build prints more than anybody wants to be read to.
        aria-live="off"
        aria-label={t('log.title', { step: name })}
        // What scrolls has to be reached by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={styles.pane}
        data-wrapped={isWrapped || undefined}
        onScroll={({ currentTarget: it }) =>
          setIsAtEnd(it.scrollHeight - it.scrollTop - it.clientHeight <= AT_END)
        }
      >
        {view.isCut && <p className={styles.quiet}>{t('log.cut')}</p>}
        <LogLines lines={lines} />
      </div>
      <LogState
        view={view}
        onRetry={press => {
          focusFirst(press, [pane.current]);
          retry();
        }}
      />
    </div>
  );
}
