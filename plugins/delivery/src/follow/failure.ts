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
  InputError: 'misunderstood',
};

/**
 * Tells failures apart by name: errors of the backend arrive as the cause of a
 * `ResponseError`, and `instanceof` does not hold across packages.
 */
export function toFailure(error: unknown): DeliveryFailure {
  const { name, message, cause } = error as Error & { cause?: Error };
  const origin = name === 'ResponseError' && cause ? cause : { name, message };
  return {
    reason: REASON_BY_ERROR_NAME[origin.name] ?? 'unavailable',
    message: origin.message || String(error),
  };
}

/** Trying again by itself cannot help here; somebody has to do something first. */
export function isFinal(failure: DeliveryFailure): boolean {
  return failure.reason !== 'unavailable';
}
