import { Spending } from '../__testing__/LinkRequest';

/** Half of each ceiling of the reflector's backoff, in seconds: trials are of even luck. */
const PAUSES = [0.5, 1, 2, 4, 8, 15];

/**
 * How often somebody may try who fails each time and backs off, in so many seconds: at
 * once, and then after ever longer pauses.
 */
export function attemptsWithin(seconds: number): number {
  let attempts = 1;
  let next = 0;
  for (;;) {
    next += PAUSES[Math.min(attempts, PAUSES.length) - 1];
    if (next > seconds) {
      return attempts;
    }
    attempts += 1;
  }
}

/**
 * Purposes that were asked for more or less often than the budget says, in sentences;
 * what it does not name should never be.
 */
export function misspent(
  spent: Spending,
  budget: Partial<Record<keyof Spending, [least: number, most: number]>>,
): string[] {
  return Object.entries(spent).flatMap(([purpose, count]) => {
    const [least, most] = budget[purpose as keyof Spending] ?? [0, 0];
    return count < least || count > most
      ? [`${purpose}: ${count}, not ${least} to ${most}`]
      : [];
  });
}
