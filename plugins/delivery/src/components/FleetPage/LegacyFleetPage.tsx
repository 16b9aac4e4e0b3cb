import { PluginHeader } from '@backstage/ui';
import { RiRouteLine } from '@remixicon/react';
import { useWords } from '../../language';
import { FleetPage } from './FleetPage';

/** The page with the header that the app of the new frontend system brings. */
export function LegacyFleetPage(props: { tabPath?: string }) {
  const { t } = useWords();
  return (
    <main>
      <PluginHeader title={t('card.title')} icon={<RiRouteLine />} />
      <FleetPage {...props} />
    </main>
  );
}
