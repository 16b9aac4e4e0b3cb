import type {
  DeploymentHistory,
  RecordedPromotion,
} from '@golden-path/plugin-delivery-common';
import { dayIn } from './span';
import type { Span } from './span';

/** What was deployed to an environment on one day. */
export type DeploymentDay = {
  /** Counted from the first of the span. */
  day: number;
  succeeded: number;
  failed: number;
};

/** What was deployed to an environment in a span; days without anything are left out. */
export type EnvironmentDays = {
  name: string;
  succeeded: number;
  failed: number;
  days: DeploymentDay[];
};

/**
 * Deployments per environment and day, and the promotions of the span.
 *
 * @param names - of the environments, in the order of promotion; one that has a history
 * only comes last
 */
export function deploymentDays(
  history: Pick<DeploymentHistory, 'deployments' | 'promotions'>,
  names: readonly string[],
  span: Span,
): { environments: EnvironmentDays[]; promotions: RecordedPromotion[] } {
  const isWithin = (time: string) =>
    Date.parse(time) >= span.from && Date.parse(time) < span.to;
  const deployments = history.deployments.filter(({ finishedAt }) =>
    isWithin(finishedAt),
  );
  const all = new Set([
    ...names,
    ...deployments.map(({ environment }) => environment),
  ]);
  return {
    environments: [...all].map(name => {
      const days = new Map<number, DeploymentDay>();
      for (const { environment, outcome, finishedAt } of deployments) {
        if (environment === name) {
          const day = dayIn(span, Date.parse(finishedAt));
          const of = days.get(day) ?? { day, succeeded: 0, failed: 0 };
          of[outcome] += 1;
          days.set(day, of);
        }
      }
      const list = [...days.values()].sort((a, b) => a.day - b.day);
      return {
        name,
        succeeded: sum(list.map(({ succeeded }) => succeeded)),
        failed: sum(list.map(({ failed }) => failed)),
        days: list,
      };
    }),
    promotions: history.promotions.filter(({ requestedAt }) =>
      isWithin(requestedAt),
    ),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
