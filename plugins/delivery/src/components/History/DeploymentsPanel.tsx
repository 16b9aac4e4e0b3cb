import type { DeploymentHistory } from '@golden-path/plugin-delivery-common';
import { useMemo } from 'react';
import { Age, useWords } from '../../language';
import { Drawing } from '../charts/Drawing';
import { DeploymentChart } from './DeploymentChart';
import { deploymentDays } from './deploymentDays';
import { DeploymentTable } from './DeploymentTable';
import { Panel } from './Panel';
import { shortMoment } from './RunWords';
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
  const summary = new Intl.ListFormat(language).format([
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
  ]);

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
