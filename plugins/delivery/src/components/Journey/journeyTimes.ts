import type { Journey, JourneyStep } from '@golden-path/plugin-delivery-common';

/** A step with the milliseconds since the step before it whose time is known. */
export type TimedStep = { step: JourneyStep; later?: number };

/**
 * How much time passed between the steps of a journey.
 *
 * @param journey - its steps in their order; some have no time
 */
export function timedSteps({ steps }: Pick<Journey, 'steps'>): TimedStep[] {
  let previous: number | undefined;
  return steps.map(step => {
    if (step.at === undefined) {
      return { step };
    }
    const at = Date.parse(step.at);
    // Clocks of two systems differ: no step comes before the one that it follows.
    const later =
      previous === undefined ? undefined : Math.max(0, at - previous);
    previous = Math.max(previous ?? at, at);
    return { step, later };
  });
}

/**
 * How long a commit took to the furthest environment that is healthy with it.
 *
 * @returns milliseconds; undefined where it came to none, or its times are not known
 */
export function leadTime({
  steps,
}: Pick<Journey, 'steps'>):
  | { environment: string; milliseconds: number }
  | undefined {
  const pushed = steps.find(({ kind }) => kind === 'pushed')?.at;
  const healthy = steps
    .filter(
      ({ kind, status, at }) =>
        kind === 'healthy' && status === 'succeeded' && at !== undefined,
    )
    .at(-1);
  return pushed && healthy?.at && healthy.environment
    ? {
        environment: healthy.environment,
        milliseconds: Math.max(0, Date.parse(healthy.at) - Date.parse(pushed)),
      }
    : undefined;
}
