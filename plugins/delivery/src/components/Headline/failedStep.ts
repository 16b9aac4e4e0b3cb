import type { Delivery, Sentence } from '@golden-path/plugin-delivery-common';

/**
 * The step that a cause is about.
 *
 * @param cause - of a diagnosis
 * @param runs - of the delivery
 * @returns undefined where it is about no run that failed at a step
 */
export function failedStepOf(
  { values = {} }: Sentence,
  runs: Delivery['runs'],
): { run: string; step: string } | undefined {
  const run = runs.find(({ name }) => name === values.run);
  const step = run?.steps.find(
    ({ name, status }) => status === 'failed' && name === values.step,
  );
  return run && step && { run: run.name, step: step.id };
}
