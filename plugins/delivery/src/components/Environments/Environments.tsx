import type { Environment, Stage } from '@golden-path/plugin-delivery-common';
import { memo } from 'react';
import { useWords } from '../../language';
import { Section } from '../Section';
import { EnvironmentBox } from './EnvironmentBox';
import styles from './Environments.module.css';

/** All environments side by side, in the order of promotion. */
export const Environments = memo(
  (props: { environments: Environment[]; stages: Stage[] }) => {
    const { environments, stages } = props;
    const { t, say } = useWords();
    const unknown = stages.find(
      ({ kind, status }) => kind === 'deploy' && status === 'unknown',
    );
    return (
      <Section title={t('environment.title')}>
        {environments.length === 0 ? (
          <p className={styles.none}>
            {unknown ? say(unknown.sentence) : t('environment.none')}
          </p>
        ) : (
          <ol className={styles.environments}>
            {environments.map((environment, i) => (
              <EnvironmentBox
                key={environment.name}
                environment={environment}
                isPromotable={isAhead(environments[i - 1], environment)}
                deploy={stages.find(
                  ({ kind, environment: name }) =>
                    kind === 'deploy' && name === environment.name,
                )}
              />
            ))}
          </ol>
        )}
      </Section>
    );
  },
);

/** Whether one environment runs what another does not. */
function isAhead(one: Environment | undefined, other: Environment): boolean {
  const reference = one?.image?.reference;
  return reference !== undefined && reference !== other.image?.reference;
}
