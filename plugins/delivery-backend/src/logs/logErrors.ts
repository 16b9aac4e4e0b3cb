import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { toKubeError } from '../kubernetes/KubeError';
import type { StepPod } from './stepOf';

/** What an API server says, in words for whoever asks for a log. */
export function readable(
  error: unknown,
  cluster: string,
  { run, step, isOver }: StepPod,
): Error {
  if (isReadable(error)) {
    return error;
  }
  const { status, message } = toKubeError(error);
  switch (status) {
    case 400:
      // Of what is over there is nothing to wait for.
      return isOver
        ? new NotFoundError(
            `The log of step "${step.name}" of run "${run.name}" cannot be read: ${message}`,
          )
        : new ConflictError(
            `The log of step "${step.name}" of run "${run.name}" cannot be read now: ${message}`,
          );
    case 403:
      return new NotAllowedError(
        `The reading account of cluster "${cluster}" may not read logs in namespace "${run.namespace}"; ask your platform team to apply platform/rbac/reader.yaml (${message})`,
      );
    case 404:
      return new NotFoundError(
        `The log of step "${step.name}" of run "${run.name}" is gone: ${message}`,
      );
    default:
      return new ServiceUnavailableError(
        `Cluster "${cluster}" does not give the log of step "${step.name}" of run "${run.name}": ${message}; try again`,
      );
  }
}

function isReadable(error: unknown): error is Error {
  return [ConflictError, NotAllowedError, NotFoundError].some(kind =>
    kind.is(error),
  );
}

/** Where the log may still be when its pod is gone. */
export function podGone(
  { run, step, names }: StepPod,
  archived: boolean,
): NotFoundError {
  const ended = step.finishedAt ?? run.finishedAt;
  const since = ended ? `, some time after it ended at ${ended}` : '';
  const where = archived
    ? 'Argo Workflows archived it: open the run there and take the artifact "main-logs"'
    : 'logs live only as long as the pod, because Argo Workflows archives none here; retry the run to see it again';
  return new NotFoundError(
    `The log of step "${step.name}" of run "${run.name}" is gone with its pod "${names[0]}"${since}; ${where}`,
  );
}
