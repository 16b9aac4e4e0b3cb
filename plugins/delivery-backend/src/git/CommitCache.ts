import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import type { Clock } from '../kubernetes/clock';
import { LateAnswers } from '../LateAnswers';
import type {
  GitCommit,
  GitComparison,
  GitRepositories,
  GitRepository,
} from './GitRepository';
import { RateLimitedError } from './RateLimitedError';

const MINUTE_MS = 60_000;

export interface CommitCacheOptions {
  repositories: Pick<GitRepositories, 'byUrl'>;
  logger: LoggerService;
  clock: Clock;
  /** How many commits, and how many comparisons, are remembered. Default: 5000. */
  capacity?: number;
}

/** How long a Git host that fails, or does not know a commit, is not asked for it again. */
export const ASK_AGAIN_MS = 10 * MINUTE_MS;

/** Requests that are out at once: the host has others to serve. */
export const REQUESTS_AT_ONCE = 4;

/**
 * Commits as their Git hosts tell of them, from memory: neither a host that is slow or
 * down nor one that is in no integration holds anything up. Commits never change, so what
 * is known stays known; a host that wants to be left alone is, for as long as it says.
 */
export class CommitCache {
  readonly #commits: LateAnswers<GitCommit | undefined>;
  readonly #comparisons: LateAnswers<GitComparison | undefined>;
  readonly #options: CommitCacheOptions;
  /** Until when nobody asks it, by host and the clock of the process. */
  readonly #pauses = new Map<string, number>();

  constructor(options: CommitCacheOptions) {
    this.#options = options;
    const shared = {
      retryMs: (error: unknown) =>
        error instanceof RateLimitedError ? error.waitMs : ASK_AGAIN_MS,
      keepMs: (answer: unknown) =>
        answer === undefined ? ASK_AGAIN_MS : Infinity,
      capacity: options.capacity ?? 5_000,
      // Two caches share what a host is asked at once.
      atOnce: REQUESTS_AT_ONCE / 2,
      clock: options.clock,
    };
    this.#commits = new LateAnswers<GitCommit | undefined>({
      ...shared,
      ask: key => {
        const { urls, sha } = JSON.parse(key);
        return this.#first(urls, repository => repository.commit(sha));
      },
    });
    this.#comparisons = new LateAnswers<GitComparison | undefined>({
      ...shared,
      ask: key => {
        const { urls, base, head } = JSON.parse(key);
        return this.#first(urls, repository => repository.between(base, head));
      },
    });
  }

  /**
   * A commit, as far as it is known now.
   *
   * @param urls - repositories that may have it, the likeliest first
   * @param later - called when it is known; without it nobody is asked
   */
  commit(
    urls: readonly string[],
    sha: string,
    later?: () => void,
  ): GitCommit | undefined {
    return this.#commits.get(JSON.stringify({ urls, sha }), later);
  }

  /** What `head` has that `base` lacks, as far as it is known now; else as `commit`. */
  between(
    urls: readonly string[],
    base: string,
    head: string,
    later?: () => void,
  ): GitComparison | undefined {
    return this.#comparisons.get(JSON.stringify({ urls, base, head }), later);
  }

  /** Asks nobody any more. */
  stop(): void {
    this.#commits.stop();
    this.#comparisons.stop();
  }

  /** The answer of the first repository that has one. */
  async #first<T>(
    urls: readonly string[],
    ask: (repository: GitRepository) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    let failure: unknown;
    for (const url of urls) {
      try {
        const answer = await this.#askHostOf(url, ask);
        if (answer !== undefined) {
          return answer;
        }
      } catch (error) {
        this.#options.logger.debug(
          'A Git host did not tell of a commit',
          toError(error),
        );
        if (!(error instanceof NotFoundError)) {
          failure ??= error;
        }
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
    return undefined;
  }

  async #askHostOf<T>(
    url: string,
    ask: (repository: GitRepository) => Promise<T>,
  ): Promise<T> {
    const { clock, repositories } = this.#options;
    const host = hostOf(url);
    const wait = (this.#pauses.get(host) ?? 0) - clock.monotonic();
    if (wait > 0) {
      throw new RateLimitedError(`${host} asked to be left alone`, wait);
    }
    this.#pauses.delete(host);
    try {
      return await ask(await repositories.byUrl(url));
    } catch (error) {
      if (error instanceof RateLimitedError) {
        this.#pauses.set(host, clock.monotonic() + error.waitMs);
      }
      throw error;
    }
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
