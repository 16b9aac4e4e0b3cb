import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useWords } from '../../language';
import { WINDOWS } from './useWindow';

/** How far back to look. */
export function WindowChoice(props: {
  days: number;
  onChoose: (days: number) => void;
}) {
  const { days, onChoose } = props;
  const { t } = useWords();
  return (
    <ToggleButtonGroup
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[String(days)]}
      onSelectionChange={keys => keys.forEach(key => onChoose(Number(key)))}
      aria-label={t('history.window')}
    >
      {WINDOWS.map(each => (
        <ToggleButton key={each.days} id={String(each.days)} size="small">
          {t('history.days', { number: String(each.days) })}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
