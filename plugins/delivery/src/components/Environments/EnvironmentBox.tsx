import type { Environment, Stage } from '@golden-path/plugin-delivery-common';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { Age, shortened, useWords } from '../../language';
import { SystemLinks } from '../Section';
import { StatusIcon, StatusPill } from '../status';
import { statusOfHealth, statusOfSync } from './argoCdStatus';
import { OperationButton } from '../Operations';
import { Ahead } from './Ahead';
import { CommitLine } from './CommitLine';
import { CopyButton } from './CopyButton';
import { EarlierDeployments } from './EarlierDeployments';
import styles from './Environments.module.css';

/** One environment: what it runs, since when, and how Argo CD and KubeVela judge it. */
export const EnvironmentBox = memo(
  (props: {
    environment: Environment;
    /** Its stage of kind `deploy`: says why it holds nothing. */
    deploy?: Stage;
    isPromotable: boolean;
  }) => {
    const { environment, deploy, isPromotable } = props;
    const { name, commit, ahead } = environment;
    const { argoCd, image, oam, pods, destination, links } = environment;
    const { t, say } = useWords();
    return (
      <li className={styles.environment} data-empty={!image || undefined}>
        <div className={styles.head}>
          <h3 className={styles.name}>{environment.name}</h3>
          {deploy?.staleSince && (
            <span className={styles.stale}>
              {t('path.asOf', { when: <Age since={deploy.staleSince} /> })}
            </span>
          )}
          {argoCd.sync && (
            <StatusPill status={statusOfSync(argoCd.sync)}>
              {argoCd.sync}
            </StatusPill>
          )}
          {/* "Healthy" of nothing would mislead. */}
          {image && argoCd.health && (
            <StatusPill status={statusOfHealth(argoCd.health)}>
              {argoCd.health}
            </StatusPill>
          )}
        </div>
        {!image && deploy && (
          <p className={styles.nothing}>{say(deploy.sentence)}</p>
        )}
        <dl className={styles.facts}>
          {image && (
            <Fact name={t('environment.image')}>
              <code className={styles.code}>
                {shortened(image.reference.split('/').at(-1)!)}
              </code>
              <CopyButton what={t('copy.image')} text={image.reference} />
            </Fact>
          )}
          {image?.commit && (
            <Fact name={t('environment.commit')}>
              <code className={styles.code}>{shortened(image.commit)}</code>
              <CopyButton what={t('copy.commit')} text={image.commit} />
              {commit && <CommitLine commit={commit} />}
            </Fact>
          )}
          {image && argoCd.deployedAt && (
            <Fact name={t('environment.since')}>
              <Age since={argoCd.deployedAt} />
            </Fact>
          )}
          {pods && (
            <Fact name={t('environment.pods')}>
              {t('environment.podsReady', {
                ready: String(pods.ready),
                desired: String(pods.desired),
              })}
            </Fact>
          )}
          {oam && oam.services.length > 0 && (
            <Fact name={t('environment.services')}>
              <ul className={styles.services}>
                {oam.services.map(service => (
                  <li key={service.name}>
                    <StatusIcon
                      status={service.healthy ? 'succeeded' : 'failed'}
                    />
                    <span>
                      {service.name}
                      <span className={styles.quiet}>
                        {' · '}
                        {service.message ??
                          t(
                            service.healthy
                              ? 'environment.serviceHealthy'
                              : 'environment.serviceUnhealthy',
                          )}
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
            </Fact>
          )}
          <Fact name={t('environment.destination')}>
            {[destination.cluster, destination.namespace]
              .filter(Boolean)
              .join(' · ') || t('environment.pending')}
          </Fact>
          {argoCd.revision && (
            <Fact name={t('environment.revision')}>
              <code className={styles.code}>{shortened(argoCd.revision)}</code>
            </Fact>
          )}
        </dl>
        {ahead && ahead.count > 0 && <Ahead ahead={ahead} />}
        <div className={styles.actions}>
          {isPromotable && (
            <OperationButton
              isNamed
              request={{ operation: 'promote', environment: name }}
            />
          )}
          <OperationButton
            request={{ operation: 'refresh', environment: name }}
          />
          {argoCd.operation === 'Running' ? (
            <OperationButton
              request={{ operation: 'terminate-sync', environment: name }}
            />
          ) : (
            <OperationButton
              request={{ operation: 'sync', environment: name }}
            />
          )}
        </div>
        {argoCd.history && argoCd.history.length > 1 && (
          <EarlierDeployments
            environment={name}
            deployments={argoCd.history.slice(1)}
          />
        )}
        {links.length > 0 && (
          <div className={styles.links}>
            <SystemLinks links={links} />
          </div>
        )}
      </li>
    );
  },
);

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
