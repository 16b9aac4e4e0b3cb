/**
 * Why there is no delivery to show.
 *
 * - `forbidden`: the user may not see it
 * - `not-found`: the catalog has no such entity, or not for this user
 * - `signed-out`: the session has ended
 * - `misunderstood`: the answer is not a delivery
 * - `unavailable`: the backend does not answer, or not well
 *
 * @public
 */
export type DeliveryFailure = {
  reason:
    | 'forbidden'
    | 'not-found'
    | 'signed-out'
    | 'misunderstood'
    | 'unavailable';
  /** In the words of whoever refused. */
  message: string;
};

const REASON_BY_ERROR_NAME: Record<string, DeliveryFailure['reason']> = {
  NotAllowedError: 'forbidden',
  NotFoundError: 'not-found',
  AuthenticationError: 'signed-out',
  // Backstage has offered to sign in again, and the user has declined.
  RejectedError: 'signed-out',
  InputError: 'misunderstood',
};

/**
 * Tells failures apart by name: errors of the backend arrive as the cause of a
 * `ResponseError`, and `instanceof` does not hold across packages.
 */
export function toFailure(error: unknown): DeliveryFailure {
  const origin = originOf(error);
  return {
    reason: REASON_BY_ERROR_NAME[origin.name] ?? 'unavailable',
    message: origin.message || String(error),
  };
}

/** What there is not yet, for example a log before its container begins, may come by itself. */
export function isNotYet(error: unknown): boolean {
  return originOf(error).name === 'ConflictError';
}

function originOf(error: unknown): { name: string; message: string } {
  const { name, message, cause } = error as Error & { cause?: Error };
  return name === 'ResponseError' && cause ? cause : { name, message };
}

/** Trying again by itself cannot help here; somebody has to do something first. */
export function isFinal(failure: DeliveryFailure): boolean {
  return failure.reason !== 'unavailable';
}
