import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Past } from '../delivery/journey/beyond';
import type { Clock } from '../kubernetes/clock';
import { LateAnswers } from '../LateAnswers';
import type { HistoryReader } from './HistoryReader';

/** The cluster itself tells what is newer than this. */
const FRESH_MS = 15_000;
const RETRY_MS = 60_000;

/** The way of ten commits, with room for runs that were repeated. */
const RUNS = 20;
/** Of each environment: the first may be synced ten times a day, the last once a month. */
const DEPLOYMENTS = 20;
const PROMOTIONS = 40;

/** The newest of what is kept of pipelines, from memory, for what cannot wait for a database. */
export class KnownPast {
  readonly #answers: LateAnswers<Past>;

  constructor(
    reader: Pick<HistoryReader, 'runs' | 'deployments'>,
    logger: LoggerService,
    clock?: Clock,
  ) {
    this.#answers = new LateAnswers({
      async ask(pipeline) {
        const { runs } = await reader.runs(pipeline, { limit: RUNS });
        const { deployments, promotions } = await reader.deployments(pipeline, {
          limit: PROMOTIONS,
          ofEach: DEPLOYMENTS,
        });
        return { runs, deployments, promotions };
      },
      keepMs: () => FRESH_MS,
      retryMs(error) {
        logger.debug(
          'Cannot read the history of a pipeline; read again later',
          toError(error),
        );
        return RETRY_MS;
      },
      capacity: 500,
      atOnce: 1,
      clock,
    });
  }

  /**
   * That of a pipeline, as far as it is known now. Never waits, never throws.
   *
   * @param later - called when there is more; without it nothing is read
   */
  of(pipeline: string, later?: () => void): Past | undefined {
    return this.#answers.get(pipeline, later);
  }

  /** Something was written of a pipeline that no cluster tells. */
  changed(pipeline: string): void {
    this.#answers.changed(pipeline);
  }

  stop(): void {
    this.#answers.stop();
  }
}
