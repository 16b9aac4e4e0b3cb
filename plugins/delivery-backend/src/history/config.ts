import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { z } from 'zod';

/** How history is kept. */
export interface HistoryConfig {
  /** How long what has ended is kept. */
  retention: HumanDuration;
}

const KEY = 'delivery.history.retention';
const DEFAULT_RETENTION: HumanDuration = { days: 90 };
/** Less would forget what the DORA figures of the usual window are made of. */
const MINIMUM_MS = 86_400_000;

const amount = z.number().min(0).optional();
const durationSchema = z.strictObject({
  years: amount,
  months: amount,
  weeks: amount,
  days: amount,
  hours: amount,
  minutes: amount,
  seconds: amount,
  milliseconds: amount,
});

/**
 * Reads how history is kept.
 *
 * @throws InputError that names the key, the value and what to do
 */
export function readHistoryConfig(config: Config): HistoryConfig {
  const given = config.getOptional(KEY);
  if (given === undefined) {
    return { retention: DEFAULT_RETENTION };
  }
  const parsed = durationSchema.safeParse(given);
  if (!parsed.success || durationToMilliseconds(parsed.data) < MINIMUM_MS) {
    throw new InputError(
      `${KEY} is ${JSON.stringify(
        given,
      )}: it must be a duration of a day or more, for example { days: 90 }.`,
    );
  }
  return { retention: parsed.data };
}
