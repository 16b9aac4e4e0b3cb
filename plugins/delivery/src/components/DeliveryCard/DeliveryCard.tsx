import { useEntity } from '@backstage/plugin-catalog-react';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import {
  Button,
  CardBody,
  CardFooter,
  CardHeader,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import { useId } from 'react';
import { useDelivery } from '../../follow';
import { Age, shortened, useWords } from '../../language';
import { LiveIndicator } from '../Connection';
import { wordsOf } from '../DeliveryContent/Failure';
import { focusAround } from '../focus';
import { currentStation, stationsOf } from '../GoldenPath';
import { troublesOf } from '../Headline';
import { Surface } from '../Section';
import { rootClass, StatusDot, StatusIcon, toneOf } from '../status';
import styles from './DeliveryCard.module.css';

/**
 * The delivery of the surrounding page's entity in a few lines; nothing where the user may
 * not see it.
 *
 * @param props - `href`: of the Delivery tab, where the page has one
 */
export function DeliveryCard(props: { href?: string }) {
  const { href } = props;
  const { entity } = useEntity();
  const view = useDelivery(entity);
  const words = useWords();
  const { t } = words;
  const titleId = useId();
  if (view.state === 'error' && view.failure.reason === 'forbidden') {
    // A card among others is not the place to say so; the tab does.
    return <></>;
  }
  return (
    <Surface aria-labelledby={titleId} className={styles.root}>
      <CardHeader className={`${rootClass} ${styles.header}`}>
        <Text as="h2" id={titleId} variant="title-x-small" weight="bold">
          {t('card.title')}
        </Text>
        {view.state === 'ready' && (
          <LiveIndicator
            connection={view.connection}
            sources={view.delivery.sources}
          />
        )}
      </CardHeader>
      <CardBody>
        <div className={`${rootClass} ${styles.card}`}>
          {view.state === 'loading' && (
            <div
              role="status"
              aria-label={t('loading.label', { entity: entity.metadata.name })}
              className={styles.loading}
            >
              <Skeleton width="70%" height={20} />
              <Skeleton width="100%" height={44} />
              <Skeleton width="50%" height={16} />
            </div>
          )}
          {view.state === 'error' && (
            <div role="alert" className={styles.failure}>
              <b>{wordsOf(view.failure, entity, words).title}</b>
              <p>{wordsOf(view.failure, entity, words).next}</p>
              <p className={styles.message}>{view.failure.message}</p>
              <Button
                variant="secondary"
                onPress={press => {
                  focusAround(press);
                  view.retry();
                }}
              >
                {t('failure.retry')}
              </Button>
            </div>
          )}
          {view.state === 'ready' && <Summary delivery={view.delivery} />}
        </div>
      </CardBody>
      {href && (
        <CardFooter className={styles.footer}>
          <Link href={href}>{t('card.open')}</Link>
        </CardFooter>
      )}
    </Surface>
  );
}

function Summary(props: { delivery: Delivery }) {
  const { delivery } = props;
  const { t, say, stageTitle } = useWords();
  const stations = stationsOf(delivery.stages);
  const current = currentStation(stations);
  const [trouble] = troublesOf(delivery);
  const status = trouble?.status ?? delivery.summary.status;
  const newest = newestCommit(delivery);
  return (
    <>
      <div className={`${styles.headline} ${toneOf(status)}`}>
        <StatusIcon status={status} />
        <p>
          {trouble && (
            <span className={styles.where}>{stageTitle(trouble)}</span>
          )}
          <b>{say(trouble?.diagnosis.cause ?? delivery.summary.sentence)}</b>
        </p>
      </div>
      <ol className={styles.path} aria-label={t('path.title')}>
        {stations.map(station => (
          <li
            key={station.id}
            className={toneOf(station.status)}
            data-status={station.status}
            aria-current={station === current ? 'step' : undefined}
          >
            <StatusDot status={station.status} size="small" />
            <span className={styles.name}>
              {station.kind === 'environment'
                ? station.environment
                : stageTitle(station.stages[0])}
            </span>
          </li>
        ))}
      </ol>
      <dl className={styles.facts}>
        <div>
          <dt>{t('card.newest')}</dt>
          <dd>
            {newest?.commit ? (
              <>
                <code>{shortened(newest.commit)}</code>{' '}
                {newest.since && (
                  <Age since={newest.since} className={styles.quiet} />
                )}
              </>
            ) : (
              <span className={styles.quiet}>{t('card.noCommit')}</span>
            )}
          </dd>
        </div>
        {delivery.environments.map(environment => (
          <div key={environment.name}>
            <dt>{environment.name}</dt>
            <dd>
              {environment.image ? (
                <>
                  <code>
                    {shortened(
                      environment.image.tag ?? environment.image.reference,
                    )}
                  </code>{' '}
                  {environment.argoCd.deployedAt && (
                    <Age
                      since={environment.argoCd.deployedAt}
                      className={styles.quiet}
                    />
                  )}
                </>
              ) : (
                <span className={styles.quiet}>{t('card.holdsNothing')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The newest that was or should have been built; its run may be deleted by now. */
function newestCommit({ journeys, runs }: Delivery) {
  if (!journeys) {
    const run = runs.find(({ commit }) => commit);
    return run && { commit: run.commit, since: run.createdAt };
  }
  const journey = journeys.find(
    ({ commit, status, current }) =>
      commit && !(status === 'skipped' && current === 'run-started'),
  );
  return journey && { commit: journey.commit, since: journey.startedAt };
}
