import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { laterOf, toLastRun, type LastRun } from '../delivery/lastRun';
import { systemClock, type Clock } from '../kubernetes/clock';
import type { HistoryReader } from './HistoryReader';
import { pipelineKey } from './pipelineKey';
import type { Observation } from './recordsOf';

/** Pipelines that are read at once: lists have thousands of them. */
const TOGETHER = 100;
const RETRY_MS = 60_000;

/**
 * The finished run of each pipeline that began last, from memory: clusters delete runs soon after
 * their end, but not the first build, which would be taken for the newest then. What ended
 * before this process began is read once, what ends later is observed.
 */
export class KnownLastRuns {
  readonly #known = new Map<string, LastRun>();
  /** What was read, and what is about to be. */
  readonly #asked = new Set<string>();
  readonly #waiting: string[] = [];
  #isReading = false;
  /** By the clock of the process. */
  #retryAt = 0;

  constructor(
    private readonly reader: Pick<HistoryReader, 'lastRuns'>,
    private readonly logger: LoggerService,
    private readonly clock: Clock = systemClock,
  ) {}

  /** That of a pipeline, as far as is known. Never waits, never throws. */
  of(pipeline: string): LastRun | undefined {
    if (!this.#asked.has(pipeline) && this.clock.monotonic() >= this.#retryAt) {
      this.#asked.add(pipeline);
      this.#waiting.push(pipeline);
      void this.#readWaiting();
    }
    return this.#known.get(pipeline);
  }

  /** Takes note of the newest run that has ended by now. */
  observe({ located, facts }: Observation): void {
    const ended = facts.runs.find(({ finishedAt }) => finishedAt !== undefined);
    if (ended) {
      this.#learn(pipelineKey(located.location), toLastRun(ended));
    }
  }

  #learn(pipeline: string, run: LastRun): void {
    this.#known.set(pipeline, laterOf(run, this.#known.get(pipeline)));
  }

  async #readWaiting(): Promise<void> {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    // A list asks for all of its rows in one go.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#read(this.#waiting.splice(0, TOGETHER));
    }
    this.#isReading = false;
  }

  async #read(pipelines: readonly string[]): Promise<void> {
    try {
      const runs = await this.reader.lastRuns(pipelines);
      runs.forEach((run, pipeline) => this.#learn(pipeline, run));
    } catch (error) {
      this.logger.debug(
        'Cannot read the last runs of pipelines; read again later',
        toError(error),
      );
      this.#retryAt = this.clock.monotonic() + RETRY_MS;
      // Whoever still wants to know asks again.
      for (const pipeline of [...pipelines, ...this.#waiting.splice(0)]) {
        this.#asked.delete(pipeline);
      }
    }
  }
}
