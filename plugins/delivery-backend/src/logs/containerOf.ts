import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { named, neverBegun, notBegun, type StepPod } from './stepOf';

const reasonSchema = z.object({
  reason: z.string().optional(),
  message: z.string().optional(),
});

const statusSchema = z.object({
  name: z.string(),
  state: z.object({ waiting: reasonSchema.optional() }).optional(),
  lastState: z.object({ terminated: z.object({}).optional() }).optional(),
});

const containersSchema = z.array(z.object({ name: z.string() })).default([]);

/** What is read of a pod: nothing of what its containers are given. */
export const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    containers: containersSchema,
    initContainers: containersSchema,
  }),
  status: z
    .object({
      phase: z.string().optional(),
      containerStatuses: z.array(statusSchema).default([]),
      initContainerStatuses: z.array(statusSchema).default([]),
      conditions: z
        .array(reasonSchema.extend({ type: z.string(), status: z.string() }))
        .default([]),
    })
    .prefault({}),
});

/** {@inheritDoc podSchema} */
export type Pod = z.infer<typeof podSchema>;

/** Argo's own containers of a pod. */
const HELPERS = ['init', 'wait'];

/**
 * Tells which container of a pod to read.
 *
 * @param asked - its name, or nothing for the one that does the work
 * @throws NotFoundError for one that is not there, was never restarted, or of a step that
 * is over never began
 * @throws ConflictError for one that has not begun
 */
export function containerOf(
  pod: Pod,
  { run, step, container, isOver }: StepPod,
  asked: string | undefined,
  previous: boolean,
): string {
  const { metadata, spec, status } = pod;
  const names = [...spec.containers, ...spec.initContainers].map(
    ({ name }) => name,
  );
  const usual =
    metadata.annotations['kubectl.kubernetes.io/default-container'] ?? 'main';
  const name =
    asked ??
    container ??
    [usual, ...names.filter(each => !HELPERS.includes(each))].find(each =>
      names.includes(each),
    );
  if (name === undefined || !names.includes(name)) {
    throw new NotFoundError(
      `Pod "${metadata.name}" of step "${
        step.name
      }" has no container "${name}"; it has: ${named(names)}`,
    );
  }
  const state = [
    ...status.containerStatuses,
    ...status.initContainerStatuses,
  ].find(each => each.name === name);
  if (previous) {
    if (!state?.lastState?.terminated) {
      throw new NotFoundError(
        `Container "${name}" of pod "${metadata.name}" was never restarted, so there is no log from before; leave "previous" out`,
      );
    }
    return name;
  }
  const waiting = state?.state?.waiting;
  const isPending = status.phase === 'Pending' && state === undefined;
  // Between two attempts of a container its last log can be read.
  if ((waiting && !state?.lastState?.terminated) || isPending) {
    const why = whyOf(status, waiting);
    const refused = isOver ? neverBegun : notBegun;
    throw refused(run, step, why && ` (${why})`);
  }
  return name;
}

/** What a container of several has while those before it are still to come. */
const BEHIND_OTHERS = 'PodInitializing';

/** What keeps a container from its beginning, as far as its pod tells. */
function whyOf(
  { initContainerStatuses, conditions }: Pod['status'],
  waiting: z.infer<typeof reasonSchema> | undefined,
): string {
  const { reason, message } =
    [
      waiting,
      // Which of those before it is in the way says more.
      ...initContainerStatuses.map(({ state }) => state?.waiting),
      // Before there are containers, a pod waits for a node.
      conditions.find(
        ({ type, status }) => type === 'PodScheduled' && status === 'False',
      ),
    ].find(each => each && each.reason !== BEHIND_OTHERS) ??
    waiting ??
    {};
  return [reason, message].filter(Boolean).join(': ');
}
