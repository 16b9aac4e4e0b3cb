import { ServiceUnavailableError } from '@backstage/errors';

/** The Git host answers no more for now. */
export class RateLimitedError extends ServiceUnavailableError {
  constructor(
    message: string,
    /** Milliseconds until it does again. */
    readonly waitMs: number,
  ) {
    super(message);
  }
}

/** What GitHub asks for where it does not say how long. */
const USUAL_WAIT_MS = 60_000;

/**
 * How long a Git host wants to be left alone, by its answer.
 *
 * @param error - as Octokit throws it
 * @param now - milliseconds since 1970
 * @returns `undefined` for every other failure
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function waitOf(error: unknown, now: number): number | undefined {
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Record<string, string | number | undefined> };
  };
  const headers = response?.headers ?? {};
  const seconds = Number(headers['retry-after']);
  if ((status === 403 || status === 429) && seconds > 0) {
    return seconds * 1000;
  }
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  if (
    (status === 403 || status === 429) &&
    String(headers['x-ratelimit-remaining']) === '0'
  ) {
    return reset > now ? reset - now : USUAL_WAIT_MS;
  }
  return status === 429 ? USUAL_WAIT_MS : undefined;
}
