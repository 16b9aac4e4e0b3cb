import type { DeploymentRecord } from '@golden-path/plugin-delivery-common';
import { Age, shortened, useWords } from '../../language';
import { OperationButton } from '../Operations';
import styles from './Environments.module.css';

/** What was deployed before, each with the way back to it. */
export function EarlierDeployments(props: {
  environment: string;
  /** Newest first, without the present one. */
  deployments: DeploymentRecord[];
}) {
  const { environment, deployments } = props;
  const { t } = useWords();
  return (
    <details className={styles.details}>
      <summary>{t('operation.earlier')}</summary>
      <ol className={styles.list}>
        {deployments.map(({ id, revision, deployedAt, initiatedBy }) => (
          <li key={id} className={styles.deployment}>
            <span>
              <code className={styles.code}>
                {shortened(revision ?? String(id))}
              </code>
              <span className={styles.quiet}>
                {deployedAt && (
                  <>
                    {' · '}
                    <Age since={deployedAt} />
                  </>
                )}
                {initiatedBy &&
                  ` · ${t('operation.by', { name: initiatedBy })}`}
              </span>
            </span>
            <OperationButton
              request={{ operation: 'rollback', environment, deployment: id }}
            />
          </li>
        ))}
      </ol>
    </details>
  );
}
