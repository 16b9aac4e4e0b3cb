import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { GitConnection } from './connectGitHost';

/**
 * Asks a Git host something, and says every failure without a word about credentials.
 *
 * @param connection - to the host
 * @param request - what is asked, with the client of the connection
 * @param options - `absent`: statuses that mean "not there", 404 unless told;
 * `subject`: what the account looks at, for messages
 * @returns undefined for what is not there
 * @throws AuthenticationError, NotAllowedError or ServiceUnavailableError, each with what to do
 * @public
 */
export async function askGitHost<T>(
  { hostname, provider }: GitConnection,
  request: () => Promise<T>,
  options: { absent?: number[]; subject: string },
): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    const { status, response } = error as {
      status?: number;
      response?: { headers?: Record<string, string | undefined> };
    };
    if (response && status && (options.absent ?? [404]).includes(status)) {
      return undefined;
    }
    if (response && status === 401) {
      throw new AuthenticationError(
        `${hostname} refuses the credentials of integrations.${provider} in the app-config; ask your platform team to renew them`,
      );
    }
    if (response && isRateLimited(status, response.headers)) {
      throw new ServiceUnavailableError(
        `${hostname} has answered as often as it does for the account of integrations.${provider}; try again in an hour at most`,
      );
    }
    if (response && status === 403) {
      throw new NotAllowedError(
        `${hostname} forbids the account of integrations.${provider} to look at ${options.subject}; ask your platform team to give it access`,
      );
    }
    const reason = response ? `HTTP ${status}` : deepestMessage(error);
    throw new ServiceUnavailableError(
      `The Git host ${hostname} does not answer (${reason}). Check that it runs, or ask your platform team; then try again`,
    );
  }
}

/**
 * GitHub forbids, too, what it would allow later.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function isRateLimited(
  status: number | undefined,
  headers: Record<string, string | undefined> = {},
): boolean {
  return (
    status === 429 ||
    (status === 403 &&
      (headers['x-ratelimit-remaining'] === '0' ||
        headers['retry-after'] !== undefined))
  );
}

/** Octokit and fetch say "fetch failed"; the cause of the cause says why. */
function deepestMessage(error: unknown): string {
  const { cause, message } = error as { cause?: unknown; message?: string };
  return cause ? deepestMessage(cause) : message || String(error);
}
