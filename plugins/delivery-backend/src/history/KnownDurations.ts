import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { UsualDuration } from '@golden-path/plugin-delivery-common';
import { systemClock, type Clock } from '../kubernetes/clock';
import type { HistoryReader } from './HistoryReader';

/** A median of twenty runs moves slowly. */
const FRESH_MS = 5 * 60_000;
const NONE: readonly UsualDuration[] = [];

interface Known {
  at: number;
  durations: readonly UsualDuration[];
}

/**
 * Usual durations from memory, for what cannot wait for a database: what is asked for is
 * read after the question, and there for the next one.
 */
export class KnownDurations {
  readonly #known = new Map<string, Known>();
  readonly #asked = new Set<string>();
  #reading = false;

  constructor(
    private readonly reader: Pick<HistoryReader, 'usualDurations'>,
    private readonly logger: LoggerService,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Of a pipeline, as far as is known. Never waits, never throws. */
  of(pipeline: string): readonly UsualDuration[] {
    const known = this.#known.get(pipeline);
    if (!known || this.clock.monotonic() - known.at >= FRESH_MS) {
      this.#asked.add(pipeline);
      this.#readAsked();
    }
    return known?.durations ?? NONE;
  }

  /** One after the other: thousands may be asked for at once after a start. */
  async #readAsked(): Promise<void> {
    if (this.#reading) {
      return;
    }
    this.#reading = true;
    for (const pipeline of this.#asked) {
      const durations = await this.#read(pipeline);
      this.#known.set(pipeline, { at: this.clock.monotonic(), durations });
      this.#asked.delete(pipeline);
    }
    this.#reading = false;
  }

  /** While the database is away, what was known stays. */
  async #read(pipeline: string): Promise<readonly UsualDuration[]> {
    try {
      return await this.reader.usualDurations(pipeline);
    } catch (error) {
      this.logger.debug(
        'Cannot read how long runs usually take; asked again later',
        toError(error),
      );
      return this.#known.get(pipeline)?.durations ?? NONE;
    }
  }
}
