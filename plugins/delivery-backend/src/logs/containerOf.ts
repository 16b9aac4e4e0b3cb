import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { notBegun, named, type StepPod } from './stepOf';

const statusSchema = z.object({
  name: z.string(),
  state: z
    .object({
      waiting: z
        .object({
          reason: z.string().optional(),
          message: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
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
 * @throws NotFoundError for one that is not there, or was never restarted
 * @throws ConflictError for one that has not begun
 */
export function containerOf(
  pod: Pod,
  { run, step, container }: StepPod,
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
    const why = [waiting?.reason, waiting?.message].filter(Boolean).join(': ');
    throw notBegun(run, step, why ? ` (${why})` : '');
  }
  return name;
}
