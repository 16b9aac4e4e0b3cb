import { toError } from '@backstage/errors';
import {
  askGitHost,
  type GitConnection,
} from '@golden-path/plugin-delivery-node';
import { RateLimitedError, waitOf } from './RateLimitedError';

/**
 * Asks a Git host something.
 *
 * @param request - with the client of the connection
 * @param absent - statuses that mean "not there", 404 unless told
 * @returns undefined for what is not there
 */
export type Ask = <T>(
  request: () => Promise<T>,
  absent?: number[],
) => Promise<T | undefined>;

/**
 * Questions to a Git host, whose failures tell how long it wants to be left alone.
 *
 * @param subject - what is looked at, for messages
 */
export function asking(connection: GitConnection, subject: string): Ask {
  return async (request, absent) => {
    let wait: number | undefined;
    const noticing = async () => {
      try {
        return await request();
      } catch (error) {
        wait = waitOf(error, Date.now());
        throw error;
      }
    };
    try {
      return await askGitHost(connection, noticing, { absent, subject });
    } catch (error) {
      throw wait === undefined
        ? error
        : new RateLimitedError(toError(error).message, wait);
    }
  };
}
