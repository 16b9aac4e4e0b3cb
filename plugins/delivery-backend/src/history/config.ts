import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** How history is kept. */
export interface HistoryConfig {
  /** How long what has ended is kept. */
  retention: HumanDuration;
  /** Whether the last lines of steps that failed are kept, too. */
  keepsStepLogs: boolean;
}

const STEP_LOGS_KEY = 'delivery.history.failedStepLogs';
const KEY = 'delivery.history.retention';
const DEFAULT_RETENTION: HumanDuration = { days: 90 };
const DAY_MS = 86_400_000;

/**
 * Reads how history is kept.
 *
 * @throws InputError that names the key, the value and what to do
 */
export function readHistoryConfig(config: Config): HistoryConfig {
  const keepsStepLogs = config.getOptionalBoolean(STEP_LOGS_KEY) ?? true;
  if (!config.has(KEY)) {
    return { retention: DEFAULT_RETENTION, keepsStepLogs };
  }
  const retention = durationAt(config);
  if (!retention || !(durationToMilliseconds(retention) >= DAY_MS)) {
    throw new InputError(
      `${KEY} is ${JSON.stringify(
        config.get(KEY),
      )}: it must be a duration of a day or more, for example { days: 90 }.`,
    );
  }
  return { retention, keepsStepLogs };
}

function durationAt(config: Config): HumanDuration | undefined {
  try {
    return readDurationFromConfig(config, { key: KEY });
  } catch {
    return undefined;
  }
}
