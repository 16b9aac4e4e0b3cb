import type { Run, Step } from '@golden-path/plugin-delivery-common';

/**
 * The step of a run that an id of the URL stands for.
 *
 * @param id - of the step, or of one of its attempts
 */
export function stepOf(run: Pick<Run, 'steps'>, id: string): Step | undefined {
  return run.steps.find(
    step => step.id === id || step.attempts?.some(attempt => attempt.id === id),
  );
}
