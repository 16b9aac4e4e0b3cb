import type { Journey } from '@golden-path/plugin-delivery-common';

/** Whether something was built, also where Argo Workflows has deleted the run. */
export function hasPast(journeys: readonly Journey[] = []): boolean {
  return journeys.some(({ steps }) =>
    steps.some(
      ({ kind, status }) => kind === 'run-started' && status === 'succeeded',
    ),
  );
}
