import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Delivery, Run, Step } from '@golden-path/plugin-delivery-common';
import { podNameOf } from '../sources/argo-workflows/podName';

/** The pod that a step runs in, as far as its run tells. */
export interface StepPod {
  run: Run;
  step: Step;
  /** Id of the node that the pod is of: the step, or an attempt at it. */
  node: string;
  /** Whether nothing more will be written. */
  isOver: boolean;
  /** Names that it may have, by the settings of Argo Workflows; the usual one first. */
  names: string[];
  /** Where the step is one container of a pod that runs several. */
  container?: string;
}

/** Types of nodes that have no pod, in words. */
const WITHOUT_POD: Readonly<Record<string, string>> = {
  Suspend: 'it waits for a person or for a time',
  Skipped: 'it was skipped',
  HTTP: 'the agent of Argo Workflows makes its request',
  Plugin: 'a plugin of Argo Workflows does it',
};

/** At most so many names in a sentence. */
const NAMES = 12;

/**
 * Finds a step by its id, that of one of its attempts, or its name.
 *
 * @throws NotFoundError for a run that the delivery does not show, or a step that is not
 * in it or has no pod
 * @throws ConflictError for a step that has not begun
 */
export function stepPodOf(
  delivery: Pick<Delivery, 'runs'> & { location: { cluster: string } },
  asked: { run: string; step: string },
): StepPod {
  const run = delivery.runs.find(({ name }) => name === asked.run);
  if (!run) {
    throw new NotFoundError(
      `There is no run "${asked.run}" in cluster "${delivery.location.cluster}" any more, or it is none of this pipeline; logs live only as long as the pods of a run`,
    );
  }
  const step =
    run.steps.find(({ id }) => id === asked.step) ??
    run.steps.find(({ attempts }) =>
      attempts?.some(({ id }) => id === asked.step),
    ) ??
    run.steps.find(({ name }) => name === asked.step);
  if (!step) {
    throw new NotFoundError(
      `Run "${run.name}" has no step "${asked.step}"; it has: ${named(
        run.steps.map(({ name }) => name),
      )}`,
    );
  }
  return { run, step, ...podOf(run, step, asked.step) };
}

function podOf(
  run: Run,
  step: Step,
  asked: string,
): Omit<StepPod, 'run' | 'step'> {
  if (step.type === 'Planned') {
    throw notBegun(run, step);
  }
  if (step.type === 'Container') {
    const pod = podBefore(run, step);
    if (pod) {
      return {
        node: step.id,
        isOver: step.finishedAt !== undefined,
        names: namesOf(run, pod, pod.id),
        container: step.name,
      };
    }
  }
  const attempt =
    step.attempts?.find(({ id }) => id === asked) ?? step.attempts?.at(-1);
  if (step.type !== 'Pod' && !attempt) {
    const why = WITHOUT_POD[step.type];
    throw new NotFoundError(
      `Step "${step.name}" of run "${
        run.name
      }" has no log, because it has no pod${
        why ? `: ${why}` : ` (its type is ${step.type})`
      }`,
    );
  }
  const { id, phase, finishedAt } = attempt ?? step;
  if (phase === 'Omitted' || phase === 'Skipped') {
    throw new NotFoundError(
      `Step "${step.name}" of run "${run.name}" has no log: it was left out`,
    );
  }
  return {
    node: id,
    isOver: finishedAt !== undefined,
    names: namesOf(run, step, id),
  };
}

/** The pod whose containers are steps is what comes before the first of them. */
function podBefore(run: Run, step: Step): Step | undefined {
  const seen = new Set<string>();
  let at: Step | undefined = step;
  while (at && at.type === 'Container' && !seen.has(at.id)) {
    seen.add(at.id);
    const before: readonly string[] = at.dependsOn;
    at = run.steps.find(({ id }) => before.includes(id));
  }
  return at?.type === 'Pod' ? at : undefined;
}

/** A node that is the whole run has the name of the run as its id. */
function namesOf(run: Run, step: Step, id: string): string[] {
  const usual = podNameOf(
    { name: run.name },
    { id, name: id, templateName: step.template },
  );
  return [...new Set([usual, id])];
}

/** What is asked for cannot be read yet: whoever asks again later may have it. */
export function notBegun(run: Run, step: Step, why = ''): ConflictError {
  return new ConflictError(
    `Step "${step.name}" of run "${run.name}" has not begun, so it has no log yet${why}`,
  );
}

/** What is asked for never was, and never will be. */
export function neverBegun(run: Run, step: Step, why = ''): NotFoundError {
  return new NotFoundError(
    `Step "${step.name}" of run "${run.name}" has ended before its container began, so it has no log${why}`,
  );
}

/** Names in a sentence, not too many. */
export function named(names: readonly string[]): string {
  const rest = names.length - NAMES;
  return `${names.slice(0, NAMES).join(', ') || 'none'}${
    rest > 0 ? ` and ${rest} more` : ''
  }`;
}
