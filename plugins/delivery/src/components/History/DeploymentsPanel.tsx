import type { DeploymentHistory } from '@golden-path/plugin-delivery-common';
import { useMemo } from 'react';
import { Age, useWords } from '../../language';
import { Drawing } from '../charts/Drawing';
import { dateOf, DeploymentChart } from './DeploymentChart';
import { deploymentDays } from './deploymentDays';
import styles from './History.module.css';
import { Panel } from './Panel';
import { shortMoment } from './RunWords';
import { dayIn } from './span';
import type { Span } from './span';
import type { Reading } from './useReading';

/** What was deployed to each environment, day by day, and what was promoted. */
export function DeploymentsPanel(props: {
  reading: Reading<DeploymentHistory>;
  /** Names of the environments, in the order of promotion. */
  environments: readonly string[];
  span: Span;
  /** Pixels. */
  height: number;
}) {
  const { reading, environments, span, height } = props;
  const { t, language } = useWords();
  const data = useMemo(
    () =>
      deploymentDays(
        reading.value ?? { deployments: [], promotions: [] },
        environments,
        span,
      ),
    [reading.value, environments, span],
  );
  const summary = [
    ...data.environments.map(({ name, succeeded, failed }) =>
      [
        t('history.deploymentsOf', {
          count: succeeded + failed,
          environment: name,
        }),
        ...(failed > 0
          ? [`(${t('history.deploymentsFailed', { number: String(failed) })})`]
          : []),
      ].join(' '),
    ),
    t('history.promotionsOf', { count: data.promotions.length }),
  ].join(', ');

  return (
    <Panel
      title={t('history.deployments')}
      reading={reading}
      height={height}
      say={({ deployments, last, promotions }) => {
        if (
          data.promotions.length === 0 &&
          data.environments.every(({ days }) => days.length === 0)
        ) {
          return {
            isEmpty: true,
            summary:
              deployments.length + promotions.length === 0
                ? t('history.deploymentsNone')
                : t('history.deploymentsNoneHere', { days: String(span.days) }),
          };
        }
        const oldest = deployments.at(-1);
        // The newest 200 of all environments together.
        const isCut =
          deployments.length >= 200 &&
          oldest !== undefined &&
          Date.parse(oldest.finishedAt) > span.from;
        const production = last.at(-1);
        return {
          isEmpty: false,
          summary: (
            <>
              <p>{summary}.</p>
              {production && (
                <p>
                  {t('history.lastDeployed', {
                    environment: production.environment,
                    when: <Age since={production.finishedAt} />,
                  })}
                </p>
              )}
              {isCut && (
                <p>
                  {t('history.deploymentsCut', {
                    number: String(deployments.length),
                    when: shortMoment(oldest.finishedAt, language),
                  })}
                </p>
              )}
            </>
          ),
        };
      }}
      draw={() => (
        <Drawing height={height}>
          {width => (
            <DeploymentChart
              data={data}
              span={span}
              width={width}
              height={height}
              summary={summary}
            />
          )}
        </Drawing>
      )}
      table={() => <DeploymentTable data={data} span={span} />}
    />
  );
}

/** Each day on which something was deployed or promoted, newest first. */
function DeploymentTable(props: {
  data: ReturnType<typeof deploymentDays>;
  span: Span;
}) {
  const { data, span } = props;
  const { t, language } = useWords();
  const { environments, promotions } = data;
  const promotedOn = promotions.map(({ requestedAt }) =>
    dayIn(span, Date.parse(requestedAt)),
  );
  const days = new Set([
    ...promotedOn,
    ...environments.flatMap(each => each.days.map(({ day }) => day)),
  ]);
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <table className={styles.table} aria-label={t('history.deployments')}>
      <thead>
        <tr>
          <th scope="col">{t('history.day')}</th>
          {environments.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{t('history.promotions')}</th>
        </tr>
      </thead>
      <tbody>
        {[...days]
          .sort((a, b) => b - a)
          .map(day => (
            <tr key={day}>
              <th scope="row">{format.format(dateOf(span, day))}</th>
              {environments.map(({ name, days: of }) => {
                const found = of.find(each => each.day === day);
                return (
                  <td key={name}>
                    {found ? found.succeeded + found.failed : 0}
                    {found && found.failed > 0 && (
                      <span className={styles.quiet}>
                        {' '}
                        (
                        {t('history.deploymentsFailed', {
                          number: String(found.failed),
                        })}
                        )
                      </span>
                    )}
                  </td>
                );
              })}
              <td>{promotedOn.filter(each => each === day).length}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
