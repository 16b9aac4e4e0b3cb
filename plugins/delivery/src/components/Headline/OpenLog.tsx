import { Button } from '@backstage/ui';
import { useWords } from '../../language';
import { scrollToRun } from '../Runs/scrollToRun';
import { useOpenRun } from '../Runs/useOpenRun';

/** Opens a step of a run, with its log. */
export function OpenLog({ run, step }: { run: string; step: string }) {
  const { t } = useWords();
  const { openRun } = useOpenRun();
  return (
    <Button
      size="small"
      variant="primary"
      onPress={() => {
        openRun(run, step);
        scrollToRun(run, { block: 'start', behavior: 'smooth' })
          // Of one that is open already nothing is new, which would take the focus.
          ?.querySelector<HTMLElement>(`[data-opened="${CSS.escape(step)}"]`)
          ?.focus({ preventScroll: true });
      }}
    >
      {t('headline.openLog')}
    </Button>
  );
}
