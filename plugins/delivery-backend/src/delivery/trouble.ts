import type { ApplicationFacts } from './facts';

/** Argo CD's own words for why it cannot sync. */
export function troubleOf(application: ApplicationFacts): string | undefined {
  const problem = application.problems.find(({ type }) => /Error$/.test(type));
  if (problem) {
    return problem.message;
  }
  return ['Failed', 'Error'].includes(application.operation ?? '') &&
    application.sync !== 'Synced'
    ? application.operationMessage ?? application.operation
    : undefined;
}
