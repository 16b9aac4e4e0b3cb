import { Container } from '@backstage/ui';
import { LegacyFleetPage } from '../components/FleetPage/LegacyFleetPage';
import { rootClass } from '../components/status';
import { useWords } from '../language';
import { Unpermitted } from './Unpermitted';
import { useMayUse } from './useMayUse';

/** The page for those who may use the plugin; others read on it what they lack. */
export function PermittedFleetPage(props: { tabPath?: string }) {
  const { t } = useWords();
  const { allowed, loading, error } = useMayUse();
  if (allowed) {
    return <LegacyFleetPage {...props} />;
  }
  return (
    <main>
      <Container className={rootClass}>
        {!loading && (
          <Unpermitted title={t('fleet.forbiddenTitle')} error={error} />
        )}
      </Container>
    </main>
  );
}
