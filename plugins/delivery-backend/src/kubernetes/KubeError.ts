import { CustomErrorBase } from '@backstage/errors';
import { redactCredentials } from '../redactCredentials';

/**
 * What went wrong between us and an API server:
 *
 * - `credentials`: the access could not be loaded (no kubeconfig file, exec plugin failed)
 * - `unreachable`: no connection, or the connection broke
 * - `closed`: the server ended a watch that had only begun
 * - `timeout`: connected, but no answer in time
 * - `status`: the API server answered with an error; see {@link KubeError.status}
 * - `protocol`: the answer is not what the Kubernetes API promises
 */
export type KubeErrorCause =
  | 'credentials'
  | 'unreachable'
  | 'closed'
  | 'timeout'
  | 'status'
  | 'protocol';

/** A failed exchange with an API server. The message is fit for a user: it holds no secret. */
export class KubeError extends CustomErrorBase {
  name = 'KubeError' as const;

  readonly failure: KubeErrorCause;
  /** HTTP status, or the `code` of a Status object in a watch. */
  readonly status?: number;
  /** Machine-readable `reason` of the Status object, as `Expired`. */
  readonly reason?: string;
  /** Least time to wait before another attempt, from `Retry-After`. */
  readonly retryAfterMs?: number;

  constructor(
    failure: KubeErrorCause,
    message: string,
    details: { status?: number; reason?: string; retryAfterMs?: number } = {},
  ) {
    super(redactCredentials(message));
    this.failure = failure;
    this.status = details.status;
    this.reason = details.reason;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Reads a Kubernetes `Status` object, or whatever else an API server or a proxy says instead. */
export function statusError(
  status: number,
  body: unknown,
  retryAfter?: string,
): KubeError {
  const { message, reason } = readStatus(body);
  const seconds = Number(retryAfter);
  return new KubeError(
    'status',
    `API server answers ${status}${message ? `: ${message}` : ''}`,
    {
      status,
      reason,
      retryAfterMs: seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined,
    },
  );
}

/** Any thrown value as a {@link KubeError}. */
export function toKubeError(error: unknown): KubeError {
  if (error instanceof KubeError) {
    return error;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return new KubeError(
    'unreachable',
    code === 'ECONNRESET'
      ? 'connection to the API server broke'
      : `API server cannot be reached: ${message || code || 'unknown error'}`,
  );
}

function readStatus(body: unknown): { message?: string; reason?: string } {
  if (typeof body === 'string') {
    // A proxy's page of HTML explains nothing in one line.
    const line = redactCredentials(body.trim().split('\n')[0]).slice(0, 200);
    return { message: line.startsWith('<') ? undefined : line || undefined };
  }
  const { message, reason } = (body ?? {}) as Record<string, unknown>;
  return {
    // Redacted before it is cut: half a credential is hard to recognise.
    message:
      typeof message === 'string'
        ? redactCredentials(message).slice(0, 300)
        : undefined,
    reason: typeof reason === 'string' ? reason : undefined,
  };
}
