import { useEntity } from '@backstage/plugin-catalog-react';
import { useDelivery } from '../../follow';
import { useWords } from '../../language';
import { LiveIndicator, outdatedSince } from '../Connection';
import { Environments } from '../Environments';
import { GoldenPath } from '../GoldenPath';
import { Headline } from '../Headline';
import { History } from '../History';
import { Journey } from '../Journey';
import { OperationsProvider } from '../Operations';
import { hasPast, Runs } from '../Runs';
import { rootClass } from '../status';
import { AfterPaint } from './AfterPaint';
import { Announcer } from './Announcer';
import { DayZero, isDayZero } from './DayZero';
import styles from './DeliveryContent.module.css';
import { Failure } from './Failure';
import { Loading, LoadingDetails } from './Loading';
import { SteadyStack } from './SteadyStack';

/** The Delivery tab of the entity that the surrounding page is about. */
export function DeliveryContent() {
  const { entity } = useEntity();
  const view = useDelivery(entity);
  const { t } = useWords();
  return (
    <div
      role="group"
      aria-label={t('card.title')}
      className={`${rootClass} ${styles.page}`}
    >
      <SteadyStack>
        {view.state === 'loading' && <Loading name={entity.metadata.name} />}
        {view.state === 'error' && (
          <Failure
            failure={view.failure}
            entity={entity}
            onRetry={view.retry}
          />
        )}
        {view.state === 'ready' && (
          <OperationsProvider delivery={view.delivery}>
            <Headline
              delivery={view.delivery}
              outdatedSince={outdatedSince(view.delivery.sources)}
              aside={
                <LiveIndicator
                  connection={view.connection}
                  sources={view.delivery.sources}
                />
              }
            />
            <GoldenPath
              stages={view.delivery.stages}
              location={view.delivery.location}
            />
            <AfterPaint fallback={<LoadingDetails />}>
              {isDayZero(view.delivery) ? (
                <DayZero />
              ) : (
                <>
                  {view.delivery.journeys && (
                    <Journey journeys={view.delivery.journeys} />
                  )}
                  <Environments
                    environments={view.delivery.environments}
                    stages={view.delivery.stages}
                  />
                  <Runs
                    entityRef={view.delivery.entityRef}
                    runs={view.delivery.runs}
                    stages={view.delivery.stages}
                    hasPast={hasPast(view.delivery.journeys)}
                  />
                  <History delivery={view.delivery} />
                </>
              )}
            </AfterPaint>
            <Announcer delivery={view.delivery} connection={view.connection} />
          </OperationsProvider>
        )}
      </SteadyStack>
    </div>
  );
}
